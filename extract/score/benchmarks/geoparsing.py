"""Toponym resolution on LGL, TR-News and GeoWebNews: how often a gold name's point is found within 161 km.

The protocol of Gritta et al. 2019 (arXiv:1810.12368): names are given, those without a gold point are left out, a name
that is not resolved counts as wrong. LGL (Lieberman et al. 2010) is news of small towns, TR-News (Kamalloo & Rafiei
2018) world news, GeoWebNews both; of the last, names with a GeoNames id.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from xml.etree import ElementTree

from extract.errors import UsageError
from extract.schema.document import Document
from extract.score.counts import NEAR_KM, kilometres

FILES: Final[Mapping[str, str]] = {"lgl": "Corpora/lgl.xml", "tr_news": "Corpora/TR-News.xml", "geowebnews": "GWN.xml"}

Point = tuple[float, float]
"""Latitude and longitude in WGS84 degrees."""


@dataclass(frozen=True, slots=True)
class Toponym:
    """A place name: code-point offsets into the text, end exclusive, and the point that is meant."""

    text: str
    start: int
    end: int
    point: Point


Article = tuple[Document, Sequence[Toponym]]
Locate = Callable[[Document, Sequence[Toponym]], Sequence[Point | None]]
"""Gives a point, or none, for each name of an article, in order."""


def read_geoparsing(folder: Path, name: str) -> list[Article]:
    """Return one corpus' articles with the names that have a gold point; `folder` is the benchmark's `data`.

    Raises `UsageError` when the corpus is not there.
    """
    path = folder / FILES[name]
    if not path.is_file():
        raise UsageError(f"{path}: no such file; corpus/sources.toml says where the benchmark comes from")
    found: list[Article] = []
    for number, article in enumerate(ElementTree.parse(path).getroot()):
        text = article.findtext("text") or ""
        toponyms = [one for raw in article.iter("toponym") if (one := _toponym(raw, text)) is not None]
        known = article.get("docid") or article.get("file") or str(number)
        url = (article.findtext("url") or article.findtext("link") or "").strip()
        found.append((Document(f"{name}/{known}", text, article.findtext("title"), url=url or None), toponyms))
    return found


def _toponym(raw: ElementTree.Element, text: str) -> Toponym | None:
    start, end = int(raw.findtext("start") or 0), int(raw.findtext("end") or 0)
    tag = raw.find("gaztag")
    home = raw if tag is None else tag
    lat = home.findtext("lat") or home.findtext("latitude")
    lon = home.findtext("lon") or home.findtext("longitude")
    identified = raw.tag == "toponym" and (raw.find("geonamesID") is None or bool(raw.findtext("geonamesID")))
    if not lat or not lon or not identified:
        return None
    words = raw.findtext("phrase") or raw.findtext("extractedName") or text[start:end]
    start = nearest(text, words, start)
    return Toponym(words, start, start + len(words), (float(lat), float(lon)))


def nearest(text: str, words: str, start: int) -> int:
    """Return where the words stand nearest to `start`: in 19 articles of TR-News offsets are off by a character or two.

    >>> nearest("in Paris, not in Paris", "Paris", 16)
    17
    """
    if text.startswith(words, start):
        return start
    before, after = text.rfind(words, 0, start + len(words)), text.find(words, start)
    return min((at for at in (before, after) if at >= 0), key=lambda at: abs(at - start), default=start)


@dataclass(frozen=True, slots=True)
class Geoparsed:
    """How many names there are, how many got a point, how many one within NEAR_KM; median error of those resolved."""

    names: int
    resolved: int
    close: int
    median_km: float | None

    def to_json(self) -> dict[str, float | None]:
        """Return the counts and the accuracy within NEAR_KM."""
        share = round(self.close / self.names, 4) if self.names else None
        median = None if self.median_km is None else round(self.median_km, 1)
        return {
            "names": self.names,
            "resolved": self.resolved,
            "close": self.close,
            "accuracy_161km": share,
            "median_km": median,
        }


def geoparsed(articles: Sequence[Article], locate: Locate) -> Geoparsed:
    """Return how well `locate` places the articles' names."""
    errors: list[float] = []
    names = 0
    for document, toponyms in articles:
        points = locate(document, toponyms)
        names += len(toponyms)
        pairs = zip(points, toponyms, strict=True)
        errors += [kilometres(*point, *gold.point) for point, gold in pairs if point is not None]
    errors.sort()
    middle = errors[len(errors) // 2] if errors else None
    return Geoparsed(names, len(errors), sum(error <= NEAR_KM for error in errors), middle)
