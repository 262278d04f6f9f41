"""Gold place names are read at their offsets, and an unresolved one counts as wrong."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from extract.errors import UsageError
from extract.schema.document import Document
from extract.score.benchmarks.geoparsing import Point, Toponym, geoparsed, read_geoparsing

LGL = """<articles><article docid="7"><title>T</title><text>Riots in Paris and Lima.</text><toponyms>
<toponym><start>9</start><end>14</end><phrase>Paris</phrase><gaztag geonameid="1"><lat>48.85</lat><lon>2.35</lon></gaztag></toponym>
<toponym><start>18</start><end>22</end><phrase>Lima</phrase><gaztag geonameid="2"><lat>-12.04</lat><lon>-77.03</lon></gaztag></toponym>
<toponym><start>0</start><end>5</end><phrase>Riots</phrase></toponym></toponyms></article></articles>"""  # noqa: E501
GWN = """<articles><article file="3"><text>Back in Rome.</text>
<toponym><start>8</start><end>12</end><extractedName>Rome</extractedName><latitude>41.9</latitude><longitude>12.5</longitude>
<geonamesID>9</geonamesID></toponym>
<toponym><start>0</start><end>4</end><extractedName>Back</extractedName><latitude>1</latitude><longitude>1</longitude>
<geonamesID></geonamesID></toponym></article></articles>"""


def _folder(tmp_path: Path) -> Path:
    (tmp_path / "Corpora").mkdir()
    (tmp_path / "Corpora" / "lgl.xml").write_text(LGL)
    (tmp_path / "GWN.xml").write_text(GWN)
    return tmp_path


def test_names_without_a_gold_point_are_left_out(tmp_path: Path) -> None:
    ((document, names),) = read_geoparsing(_folder(tmp_path), "lgl")
    assert [document.text[one.start : one.end] for one in names] == ["Paris", "Lima"]  # one shifted by one is mended
    ((_, (rome,)),) = read_geoparsing(tmp_path, "geowebnews")
    assert (rome.text, rome.point) == ("Rome", (41.9, 12.5))


def test_what_is_not_resolved_or_far_off_is_wrong(tmp_path: Path) -> None:
    articles = read_geoparsing(_folder(tmp_path), "lgl")

    def paris_texas(_: Document, names: Sequence[Toponym]) -> list[Point | None]:
        return [(33.66, -95.56) if one.text == "Paris" else None for one in names]

    assert geoparsed(articles, paris_texas).to_json()["accuracy_161km"] == 0.0
    found = geoparsed(articles, lambda _, names: [one.point for one in names])
    assert (found.names, found.close, found.median_km) == (2, 2, 0.0)


def test_a_missing_corpus_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="lgl"):
        read_geoparsing(tmp_path, "lgl")
