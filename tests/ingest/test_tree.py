import os
import sys

import pytest

from extract.errors import FormatError, InputError
from extract.ingest import read
from extract.schema.document import Document


def write(folder, **files):
    for name, content in files.items():
        path = folder / name.replace("__", "/").replace("_DOT_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)


def test_a_folder_is_read_in_sorted_order_with_paths_as_ids(tmp_path):
    write(tmp_path, b__1_DOT_txt="b1", a__1_DOT_txt="a1", a__c__2_DOT_txt="c2", z_DOT_jsonl='{"text": "z"}')
    readings = list(read([tmp_path]))
    assert [(one.id, one.text) for one in readings] == [("a/1", "a1"), ("a/c/2", "c2"), ("b/1", "b1"), ("z:1", "z")]


def test_json_lines_in_a_folder_are_numbered_under_their_path(tmp_path):
    write(tmp_path, a__w_DOT_jsonl='{"text": "1"}', b__w_DOT_jsonl='{"text": "2"}')
    assert [one.id for one in read([tmp_path])] == ["a/w:1", "b/w:1"]


def test_unknown_extensions_in_a_folder_are_reported_once_and_hidden_files_not(tmp_path):
    write(tmp_path, a_DOT_txt="a", b_DOT_foo="", README="", _DOT_hidden="", _DOT_git__x_DOT_txt="", c_DOT_pdf="")
    readings = list(read([tmp_path]))
    assert [one.text for one in readings if isinstance(one, Document)] == ["a"]
    errors = [
        (one.source.rsplit("/", 1)[1], one.detail.split(";")[0]) for one in readings if isinstance(one, InputError)
    ]
    assert errors == [
        ("README", "no extension"),
        ("b.foo", "unknown extension .foo"),
        ("c.pdf", "the PDF cannot be read: EmptyFileError: Cannot read an empty file"),
    ]


def test_links_out_of_the_folder_are_reported_and_not_followed(tmp_path):
    write(tmp_path, out__secret_DOT_txt="secret", folder__a_DOT_txt="a", folderX__b_DOT_txt="sibling")
    folder = tmp_path / "folder"
    (folder / "file.txt").symlink_to(tmp_path / "out" / "secret.txt")
    (folder / "tree").symlink_to(tmp_path / "out")
    (folder / "up.txt").symlink_to("../folderX/b.txt")
    (folder / "void.txt").symlink_to("nowhere")
    document, *errors = read([folder])
    assert document.text == "a"
    assert [one.source.rsplit("/", 1)[1] for one in errors] == ["file.txt", "tree", "up.txt", "void.txt"]
    assert ["a link out of the folder" in one.detail for one in errors] == [True, True, True, False]
    assert "a link to nothing" in errors[3].detail


def test_links_inside_the_folder_read_nothing_twice_and_loops_end(tmp_path):
    write(tmp_path, a__1_DOT_txt="one")
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "self").symlink_to("self")
    (tmp_path / "again.txt").symlink_to("a/1.txt")
    readings = list(read([tmp_path]))
    assert [one.id for one in readings if isinstance(one, Document)] == ["a/1"]
    assert [one.detail for one in readings if isinstance(one, InputError)] == ["a link to nothing: self"]


def test_links_to_hidden_files_inside_are_followed(tmp_path):
    write(tmp_path, _DOT_annex__77="one")
    (tmp_path / "a.txt").symlink_to(".annex/77")
    assert [(one.id, one.text) for one in read([tmp_path])] == [("a", "one")]


def test_a_folder_may_itself_be_named_by_a_link(tmp_path):
    write(tmp_path, real__a_DOT_txt="a")
    (tmp_path / "link").symlink_to("real")
    assert [one.text for one in read([tmp_path / "link"])] == ["a"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_in_a_folder_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "a.txt")
    (error,) = read([tmp_path])
    assert "not a regular file" in error.detail


@pytest.mark.skipif(sys.platform == "darwin", reason="its file systems refuse such names")
def test_a_name_that_is_no_utf8_still_gives_an_id_that_can_be_written(tmp_path):
    (tmp_path / os.fsdecode(b"caf\xe9.txt")).write_text("a")
    (tmp_path / os.fsdecode(b"caf\xe9.foo")).write_text("a")
    error, document = read([tmp_path])
    assert document.id == "caf�"
    assert error.source.encode()


def test_an_unreadable_folder_costs_only_itself(tmp_path, monkeypatch):
    write(tmp_path, a__1_DOT_txt="a", b__1_DOT_txt="b")
    listed = type(tmp_path).iterdir

    def deny(path):
        if path.name == "a":
            raise PermissionError(13, "Permission denied")
        return listed(path)

    monkeypatch.setattr(type(tmp_path), "iterdir", deny)
    error, document = read([tmp_path])
    assert error.detail == "cannot be read: Permission denied"
    assert error.source.endswith("/a")
    assert document.text == "b"


def test_deeply_nested_folders_are_read(tmp_path):
    deepest = tmp_path.joinpath(*["d"] * 300)
    deepest.mkdir(parents=True)
    (deepest / "a.txt").write_text("a")
    (document,) = read([tmp_path])
    assert document.id.count("/") == 300


def test_a_folder_with_nothing_in_it_is_an_error(tmp_path):
    (error,) = read([tmp_path])
    assert isinstance(error, FormatError)
    assert "no documents in" in error.detail


def test_a_pattern_in_quotes_reads_what_it_matches_under_paths_from_its_folder(tmp_path):
    write(
        tmp_path, a__1_DOT_txt="a1", b__1_DOT_txt="b1", b__c__1_DOT_txt="c1", _DOT_h__1_DOT_txt="hidden", b__2_DOT_md=""
    )
    assert [(one.id, one.text) for one in read([f"{tmp_path}/*/1.txt"])] == [("a/1", "a1"), ("b/1", "b1")]
    assert [one.id for one in read([f"{tmp_path}/**/*.txt"])] == ["a/1", "b/1", "b/c/1"]
    assert [one.id for one in read([f"{tmp_path}/a*", f"{tmp_path}/b/[cd]"])] == ["a/1", "c/1"]


def test_several_patterns_and_files_are_read_in_the_order_named(tmp_path, monkeypatch):
    write(tmp_path, a_DOT_txt="a", b_DOT_txt="b", w_DOT_jsonl='{"text": "w"}')
    monkeypatch.chdir(tmp_path)
    assert [one.id for one in read(["*.jsonl", tmp_path / "b.txt", "?.txt"]) if isinstance(one, Document)] == [
        "w:1",
        "b",
        "a",
    ]


@pytest.mark.parametrize("pattern", ["*.jsonl", "nowhere/*.txt", "a**b/x", "[", "\x00*"])
def test_a_pattern_that_matches_nothing_is_an_error(tmp_path, pattern):
    write(tmp_path, a_DOT_txt="a")
    (error,) = read([f"{tmp_path}/{pattern}"])
    assert isinstance(error, InputError)
    assert error.source == f"{tmp_path}/{pattern}"


def test_a_file_whose_name_looks_like_a_pattern_is_that_file(tmp_path):
    write(tmp_path, a_DOT_txt="other")
    (tmp_path / "[a].txt").write_text("itself")
    assert [one.text for one in read([tmp_path / "[a].txt"])] == ["itself"]


def test_a_pattern_follows_no_link_out_of_its_folder(tmp_path):
    write(tmp_path, out__secret_DOT_txt="secret", in__a_DOT_txt="a")
    (tmp_path / "in" / "file.txt").symlink_to(tmp_path / "out" / "secret.txt")
    (tmp_path / "in" / "tree").symlink_to(tmp_path / "out")
    (tmp_path / "in" / "same.txt").symlink_to("a.txt")
    document, error, again = read([f"{tmp_path}/in/*.txt"])
    assert (document.text, again.text) == ("a", "a")
    assert "a link out of the folder" in error.detail
    (error,) = read([f"{tmp_path}/in/*/secret.txt"])
    assert "a link out of the folder" in error.detail
    os.mkfifo(tmp_path / "in" / "pipe.warc")
    (error,) = read([f"{tmp_path}/in/*.warc"])
    assert "not a regular file" in error.detail
