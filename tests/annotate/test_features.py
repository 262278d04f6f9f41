"""What words say about two mentions being the same."""

from extract.annotate.features import content, pair_features


def test_titles_articles_and_possessives_are_no_content() -> None:
    assert content("the Dr. Ruiz’s") == ["ruiz"]


def test_a_surname_is_a_subset_of_the_full_name() -> None:
    features = pair_features(["Ana Ruiz", "Ruiz", "he"])
    equal, subset, last_word = features[0, 1, 0], features[0, 1, 1], features[0, 1, 3]
    assert (equal, subset, last_word) == (0.0, 1.0, 1.0)
    assert features[0, 2, 5] == 1.0
