import json
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.errors import EncodingError, FormatError, InputError, LimitError
from extract.ingest import read
from extract.ingest.jsonl import read_jsonl
from extract.ingest.source import Options, Source
from extract.ingest.stream import stream_of
from extract.schema.document import Document


def texts(readings):
    return [one.text for one in readings if isinstance(one, Document)]


def errors(readings):
    return [one for one in readings if isinstance(one, InputError)]


def test_one_malformed_line_among_a_thousand_costs_only_itself(read_bytes):
    lines = [b'{"id": "%d", "text": "He fled."}\n' % number for number in range(1000)]
    lines[500] = b'{"id": "500", "text": \n'
    readings = read_bytes("a.jsonl", b"".join(lines))
    assert len(texts(readings)) == 999
    (error,) = errors(readings)
    assert isinstance(error, FormatError)
    assert (error.line, error.byte_offset) == (501, sum(map(len, lines[:500])))
    assert error.source.endswith("a.jsonl")


def test_bytes_that_are_not_utf8_cost_one_line(read_bytes):
    readings = read_bytes("a.jsonl", b'{"text": "one"}\n{"text": "caf\xe9"}\n{"text": "three"}\n')
    assert texts(readings) == ["one", "three"]
    (error,) = errors(readings)
    assert isinstance(error, EncodingError)
    assert (error.line, error.byte_offset) == (2, 16)
    assert "byte 29 " in error.detail


def test_byte_order_mark_carriage_returns_blank_lines_and_no_final_newline_are_read(read_bytes):
    content = b'\xef\xbb\xbf{"text": "one"}\r\n\r\n   \n{"text": "two\\r\\n"}\n{"text": "three"}'
    readings = read_bytes("a.jsonl", content)
    assert texts(readings) == ["one", "two\r\n", "three"]
    assert [one.id for one in readings] == ["a:1", "a:4", "a:5"]


def test_a_byte_order_mark_inside_joined_files_is_passed_over(read_bytes):
    assert texts(read_bytes("a.jsonl", b'{"text": "1"}\n\xef\xbb\xbf{"text": "2"}\n')) == ["1", "2"]


def test_lone_carriage_returns_end_lines_too(read_bytes):
    readings = read_bytes("a.jsonl", b'{"text": "one"}\r{"text": "two"}\r{"id": 3}\r')
    assert texts(readings) == ["one", "two"]
    assert [one.id for one in readings[:2]] == ["a:1", "a:1.2"]
    assert (readings[2].line, readings[2].byte_offset, readings[2].doc_id) == (1, 32, "3")


def test_a_carriage_return_between_tokens_is_white_space(read_bytes):
    assert texts(read_bytes("a.jsonl", b'{"text":\r"one"}\n')) == ["one"]


def test_line_separators_of_unicode_do_not_end_a_line(read_bytes):
    text = "a\u2028b\u2029c\u0085d\u000be\u001cf"
    content = json.dumps({"text": text}, ensure_ascii=False).encode() + b"\n"
    assert texts(read_bytes("a.jsonl", content)) == [text]


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("utf-16", "UTF-16 LE"),
        ("utf-16-le", "UTF-16 LE"),
        ("utf-16-be", "UTF-16 BE"),
        ("utf-32", "UTF-32 LE"),
        ("utf-32-be", "UTF-32 BE"),
    ],
)
def test_utf16_and_utf32_are_refused_by_name(read_bytes, encoding, name):
    (error,) = read_bytes("a.jsonl", '{"text": "one"}\n{"text": "two"}\n'.encode(encoding))
    assert isinstance(error, EncodingError)
    assert name in error.detail


@pytest.mark.parametrize("key", ["text", "maintext", "body", "event_text"])
def test_text_is_found_under_the_usual_keys(read_bytes, key):
    assert texts(read_bytes("a.jsonl", json.dumps({key: "He fled."}).encode())) == ["He fled."]


def test_a_null_text_gives_way_to_a_filled_key(read_bytes):
    assert texts(read_bytes("a.jsonl", b'{"text": null, "maintext": "He fled."}')) == ["He fled."]


def test_text_key_alone_counts_when_given(read_bytes):
    readings = read_bytes("a.jsonl", b'{"story": "one", "text": "x"}\n{"text": "two"}\n', text_key="story")
    assert texts(readings) == ["one"]
    assert readings[0].meta == {"text": "x"}
    assert "expected the key story; keys found: text" in readings[1].detail


def test_every_known_key_lands_in_its_field_and_the_rest_in_meta(read_bytes):
    record = {
        "doc_id": 7,
        "maintext": "He fled.",
        "title": "Flight",
        "date_publish": "2020-01-02 03:04:05",
        "url": "https://x.org",
        "source_domain": "x.org",
        "language": "en",
        "image_url": None,
        "authors": ["A", {"n": 1.5}],
    }
    (document,) = read_bytes("a.jsonl", json.dumps(record).encode())
    assert document == Document(
        id="7",
        text="He fled.",
        title="Flight",
        published="2020-01-02 03:04:05",
        url="https://x.org",
        publisher="x.org",
        lang="en",
        meta={"image_url": None, "authors": ["A", {"n": 1.5}]},
    )
    assert str(document.published_on) == "2020-01-02"


def test_the_id_is_id_then_doc_id_then_url_then_file_and_line(read_bytes):
    lines = [
        b'{"id": "a", "doc_id": "b", "url": "u", "text": ""}',
        b'{"id": null, "doc_id": "b", "url": "u", "text": ""}',
        b'{"id": "", "url": "u", "text": ""}',
        b'{"text": ""}',
    ]
    readings = read_bytes("wire.jsonl", b"\n".join(lines))
    assert [one.id for one in readings] == ["a", "b", "u", "wire:4"]
    assert readings[2].url == "u"


def test_empty_text_is_a_document(read_bytes):
    assert texts(read_bytes("a.jsonl", b'{"text": ""}\n{"text": "  "}\n{"text": "x"}')) == ["", "  ", "x"]


@pytest.mark.parametrize(
    "record",
    [
        b"{}",
        b'{"text": null}',
        b'{"text": 1}',
        b'{"text": ["a"]}',
        b'{"text": {}}',
        b'{"text": true}',
        b'{"text": "a", "id": 1.5}',
        b'{"text": "a", "id": true}',
        b'{"text": "a", "id": []}',
        b'{"text": "a", "title": 3}',
        b'{"text": "a", "published": 20200101}',
        b'{"text": "a", "url": {}}',
        b'{"text": "a", "publisher": ["x"]}',
        b'{"text": "a", "lang": 0}',
        b"[]",
        b'"text"',
        b"3",
        b"null",
    ],
)
def test_wrong_types_are_errors_and_the_next_line_is_read(read_bytes, record):
    error, document = read_bytes("a.jsonl", record + b'\n{"text": "next"}')
    assert isinstance(error, FormatError)
    assert error.line == 1
    assert document.text == "next"


def test_an_error_in_a_record_cites_its_id(read_bytes):
    (error,) = read_bytes("a.jsonl", b'{"id": "gva/7", "text": 1}')
    assert error.doc_id == "gva/7"
    assert error.row()["detail"] == "text is a number, expected a string"


def test_an_unreadable_date_is_flagged_and_kept_in_meta(read_bytes):
    (document,) = read_bytes("a.jsonl", b'{"text": "a", "date": "last week"}', published="2020-01-01")
    assert document.published is None
    assert document.flags == ("published_unread",)
    assert document.meta == {"date": "last week"}


def test_duplicate_keys_are_an_error_at_any_depth(read_bytes):
    readings = read_bytes("a.jsonl", b'{"text": "a", "text": "b"}\n{"text": "a", "m": [{"k": 1, "k": 1}]}')
    assert ["duplicate key in an object: " in one.detail for one in readings] == [True, True]


@pytest.mark.parametrize(
    ("value", "message"),
    [
        ("[" * 100_000 + "]" * 100_000, "nested deeper than 100"),
        ("[" * 101 + "]" * 101, "nested deeper than 100"),
        ('{"a":' * 100_000 + "1" + "}" * 100_000, "nested deeper than 100"),
        ("1" * 5000, "does not fit 64 bits"),
        ("-9223372036854775809", "does not fit 64 bits"),
        ("18446744073709551616", "does not fit 64 bits"),
        ("1e400", "too large"),
        ("-1e400", "too large"),
        ("NaN", "NaN is not JSON"),
        ("-Infinity", "-Infinity is not JSON"),
    ],
)
def test_deep_nesting_and_numbers_beyond_json_are_errors(read_bytes, value, message):
    error, document = read_bytes("a.jsonl", f'{{"text": "a", "n": {value}}}\n{{"text": "next"}}'.encode())
    assert message in error.detail
    assert len(error.detail) < 300
    assert document.text == "next"


def test_lone_surrogates_and_nul_become_replacement_characters_one_for_one(read_bytes):
    (document,) = read_bytes("a.jsonl", rb'{"text": "a\ud800b\udc00\u0000c\ud83d\ude00", "k\u0000": ["\udfff"]}')
    assert document.text == "a�b��c\U0001f600"
    assert document.flags == ("text_repaired",)
    assert document.meta == {"k�": ["�"]}


def test_other_controls_bidi_marks_and_combining_characters_are_kept(read_bytes):
    text = "\x01\x1b\x7f\x9f\u202e\u200b\U000e0041e\u0301\U0001f468\u200d\U0001f469"
    (document,) = read_bytes("a.jsonl", json.dumps({"text": text}).encode())
    assert (document.text, document.flags) == (text, ())


@pytest.mark.parametrize("content", [b"", b"\n\n", b"  \r\n\t\n", b"\xef\xbb\xbf"])
def test_a_file_without_documents_is_an_error(read_bytes, content):
    (error,) = read_bytes("a.jsonl", content)
    assert "no documents in" in error.detail


def test_a_line_of_two_hundred_megabytes_is_refused_in_little_memory():
    def chunks():
        yield b'{"id": "before", "text": ""}\n{"text": "'
        for _ in range(200):
            yield b"x" * 2**20
        yield b'"}\n{"id": "after", "text": ""}\n'

    tracemalloc.start()
    before, error, after = read_jsonl(stream_of(chunks()), Source("big", "big"), Options(max_line=2**20))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert isinstance(error, LimitError)
    assert (error.line, error.byte_offset) == (2, 29)
    assert [before.document.id, after.document.id] == ["before", "after"]
    assert after.byte_offset == 29 + 10 + 200 * 2**20 + 3
    assert peak < 8 * 2**20


def test_a_line_at_the_limit_is_read_and_one_byte_more_is_not(read_bytes):
    line = b'{"text": "abcdef"}'
    assert texts(read_bytes("a.jsonl", line + b"\n" + line.replace(b"abc", b"xyz"), max_line=len(line))) == [
        "abcdef",
        "xyzdef",
    ]
    readings = read_bytes("a.jsonl", line + b"\n" + line, max_line=len(line) - 1)
    assert [type(one) for one in readings] == [LimitError, LimitError]


def test_ten_megabytes_in_one_line_are_one_document(read_bytes):
    text = "He fled. " * 1_200_000
    assert texts(read_bytes("a.jsonl", json.dumps({"text": text}).encode())) == [text]


@given(st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\x00")), st.booleans())
def test_any_text_comes_back_as_it_was_written(text, ascii_only):
    line = json.dumps({"id": "a", "text": text}, ensure_ascii=ascii_only).encode()
    (found,) = read_jsonl(stream_of([line, b"\n"]), Source("a", "a"), Options())
    assert found.document == Document(id="a", text=text)


@given(st.binary(max_size=200))
def test_no_bytes_raise_and_none_pass_in_silence(content):
    readings = list(read_jsonl(stream_of([content]), Source("a", "a"), Options()))
    assert readings
    for one in readings:
        assert isinstance(one, InputError) or one.document.text.encode() is not None


def test_reading_is_lazy_so_that_a_stream_can_be_endless(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"text": "a"}\n')
    readings = read(iter([path, "never-asked-for"]))
    assert next(readings).text == "a"
