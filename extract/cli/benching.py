"""bench: our figures on other people's gold, and our speed beside others."""

import datetime as dt
import json
import platform
import random
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from extract.cli.common import Data, Fast, ModelName, app, revision
from extract.cli.storied import labelled, stories
from extract.errors import UsageError

if TYPE_CHECKING:
    from extract.schema.annotation import PlaceValue
    from extract.schema.document import Document
    from extract.score.benchmarks.geoparsing import Point, Toponym


@app.command()
def bench(
    names: Annotated[
        list[str] | None, typer.Argument(help="speed, places, dates, wordings, incidents, stories; or all.")
    ] = None,
    data: Data = None,
    spacy_model: Annotated[Path | None, typer.Option(help="speed: folder of en_core_web_sm 3.8.0.")] = None,
    model: ModelName = "small",
    articles: Annotated[int, typer.Option(help="speed, incidents, stories: articles drawn.")] = 200,
    fast: Fast = False,
    out: Annotated[
        Path | None, typer.Option("-o", "--out", "--result", help="Write the result file here (JSON).")
    ] = None,
) -> None:
    """Measure ourselves: speed beside stock spaCy in the same run, the rest on other people's gold.

    Example: chargesheet bench places --data data
    """
    known: dict[str, Callable[[Path], dict[str, Any]]] = {
        "speed": lambda home: _speed(home, spacy_model, model, articles, fast=fast),
        "places": _places,
        "dates": _dates,
        "wordings": lambda _: _wordings(),
        "incidents": lambda home: _incidents(home, model, articles, fast=fast),
        "stories": lambda home: stories(home, model, articles, fast=fast),
    }
    unknown = sorted(set(names or ()) - set(known))
    if unknown:
        raise UsageError(f"no such benchmark: {', '.join(unknown)}; there are: {', '.join(known)}")
    if data is None and names != ["wordings"]:
        raise UsageError("benchmarks need --data: corpus/sources.toml says what lies there")
    began = time.monotonic()
    measured = {name: known[name](data or Path()) for name in (names or known)}
    made: dict[str, Any] = {
        "revision": revision(),
        "machine": f"{platform.machine()}, Python {platform.python_version()}",
    }
    made["seconds"] = round(time.monotonic() - began, 1)
    command = " ".join(["chargesheet bench", *(names or known)])
    shown = json.dumps({"command": command, "date": time.strftime("%Y-%m-%d"), **made, **measured}, indent=1)
    print(shown)
    if out is not None:
        out.write_text(shown + "\n", "utf-8")


def _speed(data: Path, spacy_model: Path | None, model: str, articles: int, *, fast: bool) -> dict[str, Any]:
    from extract.batch.speed import drawn, measure
    from extract.pipeline import load

    if spacy_model is None:
        raise UsageError("the speed figure needs --spacy-model, the folder of en_core_web_sm 3.8.0")
    found = measure(drawn(data, articles, seed=0), load(model, fast=fast), spacy_model).to_json()
    return {"options": f"--articles {articles} --model {model}{' --fast' if fast else ''}", **found}


def _places(data: Path) -> dict[str, Any]:
    """Return, for each corpus, our accuracy, that of the most populous place of the name, and look-ups a second."""
    from extract.resolve.gazetteer import places_named
    from extract.score.benchmarks.geoparsing import FILES, geoparsed, read_geoparsing
    from extract.score.counts import NEAR_KM

    def largest(name: str) -> tuple[float, float] | None:
        place = max(places_named(name), key=lambda one: one.population, default=None)
        return (place.lat, place.lon) if place else None

    found: dict[str, Any] = {"within_km": NEAR_KM}
    for name in FILES:
        articles = read_geoparsing(data / "benchmarks" / "geoparsing" / "data", name)
        began = time.perf_counter()
        ours = geoparsed(articles, _locate)
        seconds = time.perf_counter() - began
        baseline = geoparsed(articles, lambda _, names: [largest(one.text) for one in names])
        rate = round(ours.names / seconds)
        found[name] = {"ours": ours.to_json(), "most_populous": baseline.to_json(), "names_a_second": rate}
    return found


def _dates(data: Path) -> dict[str, Any]:
    """Return what the finder of time expressions reaches on TempEval-3, beside published systems, and its speed.

    `training` is what the rules were developed on (TimeBank's even documents, and AQUAINT) or watched by (the odd
    ones); `platinum` is the test. `labelled` is the date resolver of records on the dates of `corpus/train`.
    """
    from extract.resolve.timex import find_times
    from extract.score.benchmarks.timex import PLATINUM, PUBLISHED, TRAINING, Timex, read_timed, timed

    def find(text: str, created: dt.date) -> list[Timex]:
        return [Timex(one.start, one.end, one.type, one.value) for one in find_times(text, created)]

    home = data / "benchmarks"
    timebank, aquaint = (read_timed(home / TRAINING / name) for name in ("TimeBank", "AQUAINT"))
    test = read_timed(home / PLATINUM)
    parts = {"timebank_even": timebank[::2], "timebank_odd": timebank[1::2], "aquaint": aquaint}
    began = time.perf_counter()
    training = {name: timed(texts, find).to_json() for name, texts in parts.items()}
    seconds = time.perf_counter() - began
    characters = sum(len(one.text) for texts in parts.values() for one in texts)
    return {
        "seconds": round(seconds, 1),
        "characters_a_second": round(characters / seconds),
        "platinum": {"ours": timed(test, find).to_json(), "published": PUBLISHED},
        "training": training,
        "labelled": _labelled_dates(data) if (data / "articles").is_dir() else None,
    }


def _labelled_dates(data: Path) -> dict[str, Any]:
    """Return how many dates labelled in `corpus/train` get the labelled value from their words; marks do not count."""
    from extract.label.corpus import read_labels, with_texts
    from extract.resolve.dates import resolve_dates
    from extract.schema.annotation import Annotated as Article
    from extract.schema.annotation import DateValue, Mention

    right = count = 0
    for labels, document in with_texts(read_labels(Path("corpus/train")), data):
        spans = {(one.span.title, one.span.start): one for event in labels.events for one in event.date if one.value}
        dates = [spans[key] for key in sorted(spans)]
        mentions = (
            Mention(one.span.text, one.span.start, one.span.end, "date", 1.0, n, title=one.span.title)
            for n, one in enumerate(dates)
        )
        values = resolve_dates(Article(document, tuple(mentions))).values
        count += len(dates)
        for number, one in enumerate(dates):
            value = values.get(number)
            right += isinstance(value, DateValue) and value.value.rstrip("?~") == (one.value or "").rstrip("?~")
    return {"dates": count, "right": right, "accuracy": round(right / count, 4) if count else None}


def _wordings() -> dict[str, Any]:
    """Return how our resolvers read the offences and penalties that people have coded (eval/coded)."""
    from extract.resolve.charges import resolve_charge
    from extract.resolve.penalties import resolve_penalty
    from extract.schema.annotation import ChargeValue, PenaltyValue
    from extract.score.benchmarks.wordings import charge_figures, penalty_figures, read_coded

    def code_of(words: str) -> str | None:
        value = resolve_charge(words)
        return value.iccs if isinstance(value, ChargeValue) else None

    def value_of(words: str) -> PenaltyValue | None:
        value = resolve_penalty(words)
        return value if isinstance(value, PenaltyValue) else None

    folder = Path("eval/coded")
    charges = {
        f"set_{one}": charge_figures(read_coded(folder / "charges.jsonl", only=one), code_of) for one in (1, 2, 3)
    }
    return {"charges": charges, "penalties": penalty_figures(read_coded(folder / "penalties.jsonl"), value_of)}


def _incidents(data: Path, model: str, count: int, *, fast: bool) -> dict[str, Any]:
    """Return how often the shooting is dated and placed right in articles drawn at random, labelled ones left out."""
    from extract.label.corpus import raw_articles
    from extract.pipeline import load
    from extract.resolve.places import place_of
    from extract.schema.document import Document
    from extract.score.benchmarks.incidents import CLOSE_KM, incident_figures, read_incidents

    incidents = read_incidents(data / "benchmarks" / "gun_violence_incidents" / "gva_incidents.jsonl")
    known = labelled()
    joined = [
        (Document(raw["id"], raw["text"], raw.get("title"), raw.get("published")), incident)
        for raw in raw_articles(data)
        if raw["id"] not in known and (incident := incidents.get(str(raw.get("incident_id")))) is not None
    ]
    chosen = random.Random(0).sample(joined, min(count, len(joined)))

    def locate(city: str) -> "Point | None":
        place = place_of(city)
        return None if place is None else _point(place)

    pipeline = load(model, fast=fast)
    found = incident_figures(chosen, lambda document: pipeline(document).events, locate)
    return {"options": f"--articles {count} --model {model}", "within_km": CLOSE_KM, **found.to_json()}


def _locate(document: "Document", names: "Sequence[Toponym]") -> "list[Point | None]":
    """Return what the resolver makes of an article's names, given as mentions."""
    from extract.resolve.places import resolve_places
    from extract.schema.annotation import Annotated as Article
    from extract.schema.annotation import Mention, PlaceValue

    mentions = (Mention(one.text, one.start, one.end, "place", 1.0, n) for n, one in enumerate(names))
    values = resolve_places(Article(document, tuple(mentions))).values
    places = [values.get(number) for number in range(len(names))]
    return [_point(one) if isinstance(one, PlaceValue) else None for one in places]


def _point(place: "PlaceValue") -> "Point | None":
    return None if place.lat is None or place.lon is None else (place.lat, place.lon)
