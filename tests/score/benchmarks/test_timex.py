"""TempEval-3's forms are read at their offsets, and its four figures count what its protocol counts."""

import datetime as dt
from pathlib import Path

import pytest

from extract.errors import UsageError
from extract.score.benchmarks.timex import Timex, matched, read_timed, timed, words_of

TML = """<?xml version="1.0" ?>
<TimeML><DOCID>a</DOCID>
<DCT><TIMEX3 tid="t0" type="DATE" value="2013-03-22" functionInDocument="CREATION_TIME">March 22</TIMEX3></DCT>
<TEXT>The mill <EVENT eid="e1">closed</EVENT> on <TIMEX3 tid="t1" type="DATE" value="2013-03-18">Monday</TIMEX3> after
<TIMEX3 tid="t2" type="DURATION" value="P3D">three <EVENT eid="e2">idle</EVENT> days</TIMEX3>.</TEXT></TimeML>"""


def _row(token: str, number: int, timex: str = "O\tO\tO") -> str:
    return "\t".join((token, f"t{number}", "1", token, "O", "O", "O", timex, "O", "O"))


COL = "\n".join(
    (
        "DCT_2013-03-22\tO\tO\tO\tO\tO\tO\ttmx0\tDATE\t2013-03-22\tO\tO",
        "",
        _row("Prices", 1),
        _row("fell", 2),
        _row("(", 3),
        _row("in", 4),
        _row("the", 5, "tmx1\tDATE\t198"),
        _row("'80s", 6, "tmx1\tDATE\t198"),
        _row(")", 7),
        _row(",", 8),
        _row("too", 9),
        _row(".", 10),
        "",
        _row("Friday", 11, "tmx2\tDATE\t2013-03-22"),
        _row("'s", 12),
        _row("eight-hour-long", 13, "tmx3\tDURATION\tPT8H"),
        _row("strike", 14),
    )
)


def test_timeml_gives_the_text_and_each_expression_where_it_stands(tmp_path: Path) -> None:
    (tmp_path / "a.tml").write_text(TML)
    (one,) = read_timed(tmp_path)
    assert one.created == dt.date(2013, 3, 22)
    assert [(words_of(one.text, gold), gold.type, gold.value) for gold in one.gold] == [
        ("Monday", "DATE", "2013-03-18"),
        ("three idle days", "DURATION", "P3D"),
    ]


def test_columns_are_put_together_again_as_a_text(tmp_path: Path) -> None:
    (tmp_path / "b.col").write_text(COL)
    (one,) = read_timed(tmp_path)
    assert one.text == "Prices fell (in the '80s), too.\nFriday's eight-hour-long strike"
    assert [words_of(one.text, gold) for gold in one.gold] == ["the '80s", "Friday", "eight-hour-long"]


def test_a_span_within_a_token_counts_as_the_token(tmp_path: Path) -> None:
    (tmp_path / "b.col").write_text(COL)
    texts = read_timed(tmp_path)
    start = texts[0].text.index("eight-hour")
    found = timed(texts, lambda text, day: [Timex(start, start + len("eight-hour"), "DURATION", "PT8H")])
    assert (found.strict, found.value) == (1, 1)


def test_relaxed_strict_type_and_value_count_what_each_asks(tmp_path: Path) -> None:
    (tmp_path / "a.tml").write_text(TML)
    texts = read_timed(tmp_path)
    start = texts[0].text.index("three")
    monday = texts[0].gold[0]
    ours = [monday._replace(value="2013-03-25"), Timex(start, start + 5, "DURATION", "P3D"), Timex(0, 3, "SET", "P1D")]
    found = timed(texts, lambda text, day: ours)
    assert (found.gold, found.found, found.relaxed) == (2, 3, 2)
    assert (found.strict, found.type, found.value) == (1, 2, 1)
    figures = found.to_json()
    assert (figures["relaxed_f1"], figures["value_f1"]) == (0.8, 0.4)
    assert (figures["relaxed_precision"], figures["relaxed_recall"]) == (0.6667, 1.0)


def test_each_expression_matches_once() -> None:
    gold = [Timex(0, 4, "DATE", "2013"), Timex(5, 9, "DATE", "2014")]
    assert len(matched(gold, [Timex(0, 9, "DATE", "2013")])) == 1
    assert len(matched(gold[:1], [Timex(0, 2, "DATE", "2013"), Timex(2, 4, "DATE", "2013")])) == 1


def test_nothing_at_all_has_no_figure() -> None:
    assert timed([], lambda text, day: []).to_json()["value_f1"] is None


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.txt", "", "no .tml or .col file"),
        ("a.tml", "<TimeML><TEXT>x</TEXT></TimeML>", "no DCT"),
        ("a.col", _row("x", 1), "creation time"),
        ("a.tml", TML.replace("2013-03-22", "spring"), "is no day"),
    ],
)
def test_a_folder_or_file_of_another_form_is_named(tmp_path: Path, name: str, content: str, said: str) -> None:
    (tmp_path / name).write_text(content)
    with pytest.raises(UsageError, match=said):
        read_timed(tmp_path)
