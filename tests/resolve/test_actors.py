"""Actors: kind and country."""

import pytest

from extract.resolve.actors import home_of, kind_of


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
