"""Actors: kind and country."""

import pytest

from extract.resolve.actors import home_of, kind_of, resolve_actors
from extract.schema.annotation import ActorValue, Annotated, Mention
from extract.schema.document import Document


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Ana Ruiz", "person"),
        ("60-year-old man", "person"),
        ("two men", "group"),
        ("protesters", "group"),
        ("police officers", "group"),
        ("Varrena Regional Court", "organisation"),
        ("Human Rights Watch", "organisation"),
        ("Boston police", "organisation"),
        ("North Korea", "state"),
        ("authorities", "state"),
        ("Iranian government", "state"),
        ("23 executives", "group"),
    ],
)
def test_the_words_tell_the_kind(name: str, kind: str) -> None:
    assert kind_of([name]) == kind


def test_a_demonym_tells_the_country() -> None:
    assert home_of("Ukrainian police") == "UKR"
    assert home_of("Ana Ruiz") is None


@pytest.mark.parametrize(
    ("names", "kind", "country"),
    [
        (["He", "Iranian dissident"], "person", "IRN"),
        (["Pyongyang"], "state", "PRK"),
        (["the Kremlin"], "state", "RUS"),
        (["prosecutors"], "organisation", None),
        (["security guard"], "person", None),
        (["Haitian human rights groups"], "organisation", "HTI"),
        (["DA’s Office investigators"], "group", None),
        (["Arizona Department of Corrections"], "organisation", "USA"),
        (["Jordan Chad"], "person", None),
        (["Afghans"], "group", "AFG"),
        (["Chinese government", "it"], "state", "CHN"),
        ([""], "person", None),
    ],
)
def test_all_names_of_an_entity_tell_its_kind_and_country(names: list[str], kind: str, country: str | None) -> None:
    mentions = tuple(Mention(name, 0, len(name), "agent", 1.0, 0) for name in names)
    values = resolve_actors(Annotated(Document("d", "text"), mentions)).values
    assert set(values.values()) == {ActorValue(kind, country)}
