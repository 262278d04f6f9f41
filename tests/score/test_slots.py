from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.score.scored import ScoredDate, ScoredFiller, ScoredSpan
from extract.score.slots import normalised, pair_fillers, same_date, same_filler, token_f1


def filler(*mentions: str) -> ScoredFiller:
    return ScoredFiller(mentions[0], max(mentions, key=len), mentions)


def date(text: str, value: str | None, earliest: str | None = None, latest: str | None = None) -> ScoredDate:
    return ScoredDate(text, ScoredSpan(0, 1), value, earliest, latest)


@pytest.mark.parametrize(
    ("text", "same_as"),
    [
        ("the police", "Police"),
        ("Mr. Smith", "smith"),
        ("Mrs Ada Lovelace", "Ada Lovelace"),
        ("Dr. Kim’s", "Kim"),
        ("Sgt. Joe Friday", "Joe Friday"),
        ("District Attorney Summer Stephan", "Summer Stephan"),
        ("the Honorable Judge Danny Chun", "Danny Chun"),
        ("former President Morsi", "Morsi"),
        ("U.S.", "US"),
        ("1,000 people", "1000 people"),
        ("her brother", "brother"),
        ("“armed” robbery,", "armed robbery"),
        ("prosecutors’", "prosecutors"),
        ("al‑Assad", "al-Assad"),
        ("murder of a child", "Murder of child"),
    ],
)
def test_words_that_name_nothing_are_dropped(text: str, same_as: str) -> None:
    assert normalised(text) == normalised(same_as)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Dallas County Sheriff's Office", "Dallas County District Attorney's Office"),
        ("Sheriff’s Office", "Office"),
        ("Attorney General of Texas", "of Texas"),
        ("MS-13", "13"),
        ("King County", "County"),
        ("5.2 million", "52 million"),
        ("judge", "chief"),
    ],
)
def test_words_that_tell_names_apart_stay(one: str, other: str) -> None:
    assert normalised(one) != normalised(other)


@given(st.text(max_size=30))
def test_no_text_becomes_wordless(text: str) -> None:
    assert normalised(text)


@given(st.lists(st.sampled_from("abc"), min_size=1), st.lists(st.sampled_from("abc"), min_size=1))
def test_token_f1_is_symmetric_and_between_0_and_1(one: list[str], other: list[str]) -> None:
    assert 0 <= token_f1(one, other) == token_f1(other, one) <= 1


def test_strict_wants_a_whole_mention_and_lenient_half_of_one() -> None:
    gold = filler("Eric Gonzalez", "he")
    assert same_filler(gold, filler("District Attorney Eric Gonzalez"), strict=True)
    assert not same_filler(gold, filler("Gonzalez"), strict=True)
    assert same_filler(gold, filler("Gonzalez"), strict=False)
    assert not same_filler(gold, filler("Gonzalez of the Brooklyn office"), strict=False)


def test_predicted_is_held_to_text_and_name_and_gold_to_any_mention() -> None:
    gold, predicted = filler("Smith", "the baker"), ScoredFiller("Jones", "Jones", ("Jones", "Smith"))
    assert same_filler(gold, filler("baker"), strict=True)
    assert not same_filler(gold, predicted, strict=False)
    assert same_filler(gold, ScoredFiller("he", "Smith", ("he",)), strict=True)


def test_one_gold_filler_matches_once() -> None:
    assert len(pair_fillers([filler("John Smith")], [filler("Smith"), filler("John")], strict=False)) == 1


def test_the_most_fillers_match_even_when_the_first_choice_must_give_way() -> None:
    gold = [filler("John Smith", "Jane Smith"), filler("John Smith")]
    predicted = [filler("John Smith"), filler("Jane Smith")]
    assert pair_fillers(gold, predicted, strict=True) == ((0, 1), (1, 0))


def test_strict_matches_are_paired_before_lenient_ones() -> None:
    gold = [filler("Ana Ruiz"), filler("Luis Ruiz")]
    assert pair_fillers(gold, [filler("Luis Ruiz"), filler("Ana Ruiz")], strict=False) == ((0, 1), (1, 0))


def test_dates_are_the_same_when_both_bounds_are() -> None:
    gold = date("Wednesday", "2021-12-15", "2021-12-15", "2021-12-15")
    assert same_date(gold, date("15 December", "2021-12-15~", "2021-12-15", "2021-12-15"))
    assert not same_date(gold, date("Wednesday", "2021-12", "2021-12-01", "2021-12-31"))
    assert not same_date(gold, date("Wednesday", None))
    assert not same_date(date("Wednesday", None), gold)


def test_open_ends_compare_like_bounds() -> None:
    assert same_date(date("since 2013", "2013/..", "2013-01-01"), date("from 2013", "2013/..", "2013-01-01"))


def test_unresolved_dates_are_the_same_when_their_words_are() -> None:
    assert same_date(date("that Friday", None), date("That Friday", None))
    assert not same_date(date("that Friday", None), date("a Monday", None))


def test_three_lenient_matches_beat_two_strict_ones() -> None:
    gold = [filler("Ana Ruiz"), filler("Ruiz Lopez"), filler("Ana Ortiz")]
    predicted = [filler("Ana Ruiz"), filler("Ruiz Lopez"), filler("Lopez Kim")]
    assert pair_fillers(gold, predicted, strict=False) == ((0, 1), (1, 2), (2, 0))
