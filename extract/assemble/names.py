"""Which of an entity's mentions stands for it."""

from collections.abc import Sequence

from extract.schema.annotation import Mention

PRONOUNS = frozenset(
    "he him his she hers her they them their theirs it its who whom whose which we us our i me my you your this that "
    "these those one ones himself herself themselves itself both all".split()
)
LONGEST_NAME = 90


def is_pronoun(text: str) -> bool:
    """Return whether the words are a pronoun and so name nobody."""
    return text.lower().strip() in PRONOUNS


def is_name(text: str) -> bool:
    """Return whether the words look like a proper name: most words that can be capitalised are.

    >>> is_name("Jang Song Thaek"), is_name("two defendants")
    (True, False)
    """
    words = [word for word in text.replace("-", " ").split() if len(word) > 3 or word[:1].isupper()]
    return bool(words) and sum(word[:1].isupper() for word in words) * 2 > len(words)


def best(mentions: Sequence[Mention]) -> Mention:
    """Return the mention to show: a name before a description before a pronoun, then the surest, then the first."""
    return max(mentions, key=lambda one: (_rank(one.text), round(one.score, 2), -one.start))


def fullest(mentions: Sequence[Mention]) -> str:
    """Return the entity's name: the longest of its mentions of the best kind."""
    top = max(_rank(one.text) for one in mentions)
    names = [one.text for one in mentions if _rank(one.text) == top and len(one.text) <= LONGEST_NAME]
    return max(names, key=len, default=mentions[0].text)


def _rank(text: str) -> int:
    return 0 if is_pronoun(text) else 2 if is_name(text) else 1
