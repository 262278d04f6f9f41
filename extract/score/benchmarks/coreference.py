"""Clusters against gold clusters: MUC, B³, CEAF-e, their mean (CoNLL F1), and F1 over pairs.

MUC (Vilain et al. 1995) counts links that the other side's partition keeps. B³ (Bagga & Baldwin 1998) averages over
members the share of their cluster that is theirs. CEAF-e (Luo 2005) pairs clusters one to one by the largest total of
2|A∩B| / (|A|+|B|). The CoNLL F1 is the mean of the three F1 (Pradhan et al. 2012). Pairs: of the pairs in one cluster,
those in one cluster of the other side. Members are the same on both sides; clusters of one member count, except in MUC
and pairs, where they hold nothing to count.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from math import comb

from extract.score.assign import assign

Clusters = Mapping[str, str]
"""Each member's cluster, both by name."""
_WHOLE = 10**9
"""Fractions of CEAF-e as integers, since `assign` weighs in integers."""


def coreference(gold: Clusters, found: Clusters) -> dict[str, float]:
    """Return every figure as a share of 1, rounded to four places: precision, recall and F1 of each, and CoNLL F1."""
    if gold.keys() != found.keys():
        raise ValueError("gold and found clusters have other members")
    counted = {
        "muc": (_links(found, gold), _links(gold, found)),
        "b3": (_members(found, gold), _members(gold, found)),
        "ceafe": _entities(gold, found),
        "pairs": (_pairs(found, gold), _pairs(gold, found)),
    }
    figures: dict[str, float] = {}
    for name, (precision, recall) in counted.items():
        figures |= {f"{name}_precision": precision, f"{name}_recall": recall, f"{name}_f1": _f1(precision, recall)}
    conll = (figures["muc_f1"] + figures["b3_f1"] + figures["ceafe_f1"]) / 3
    return {name: round(value, 4) for name, value in {"conll_f1": conll, **figures}.items()}


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _sets(clusters: Clusters) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for member, name in clusters.items():
        found[name].add(member)
    return dict(found)


def _share(right: float, of: float) -> float:
    return right / of if of else 0.0


def _links(these: Clusters, those: Clusters) -> float:
    sets = _sets(these).values()
    kept = sum(len(members) - len({those[one] for one in members}) for members in sets)
    return _share(kept, sum(len(members) - 1 for members in sets))


def _members(these: Clusters, those: Clusters) -> float:
    total = 0.0
    for members in _sets(these).values():
        shared = Counter(those[one] for one in members)
        total += sum(count * count for count in shared.values()) / len(members)
    return _share(total, len(these))


def _entities(gold: Clusters, found: Clusters) -> tuple[float, float]:
    """Return precision and recall: clusters that meet in nothing are never weighed against each other."""
    ours, theirs = _sets(found), _sets(gold)
    total = 0.0
    for rows, columns in _meeting(ours, gold, theirs, found):
        weights = [[_alike(ours[row], theirs[column]) for column in columns] for row in rows]
        total += sum(weights[row][column] for row, column in assign(weights)) / _WHOLE
    return _share(total, len(ours)), _share(total, len(theirs))


def _alike(one: set[str], other: set[str]) -> int:
    return round(_WHOLE * 2 * len(one & other) / (len(one) + len(other)))


def _meeting(
    ours: Mapping[str, set[str]], gold: Clusters, theirs: Mapping[str, set[str]], found: Clusters
) -> list[tuple[list[str], list[str]]]:
    """Return the groups of clusters, ours and theirs, that are bound together by members in common."""
    groups: list[tuple[list[str], list[str]]] = []
    seen: set[str] = set()
    for first in sorted(ours):
        waiting = [first] if first not in seen else []
        rows: set[str] = set()
        columns: set[str] = set()
        while waiting:
            row = waiting.pop()
            if row in rows:
                continue
            rows.add(row)
            fresh = {gold[one] for one in ours[row]} - columns
            columns |= fresh
            waiting += sorted({found[one] for column in fresh for one in theirs[column]} - rows)
        if rows:
            seen |= rows
            groups.append((sorted(rows), sorted(columns)))
    return groups


def _pairs(these: Clusters, those: Clusters) -> float:
    sets = _sets(these).values()
    kept = sum(comb(count, 2) for members in sets for count in Counter(those[one] for one in members).values())
    return _share(kept, sum(comb(len(members), 2) for members in sets))
