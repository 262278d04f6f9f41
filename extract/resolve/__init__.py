"""Words -> values: each resolver turns its kind of mention into a value, and knows none of the others."""

from collections.abc import Callable
from typing import Final

from extract.resolve.actors import resolve_actors
from extract.resolve.charges import resolve_charges
from extract.resolve.counts import resolve_counts
from extract.resolve.dates import resolve_dates
from extract.resolve.penalties import resolve_penalties
from extract.resolve.places import resolve_places
from extract.schema.annotation import Annotated

RESOLVERS: Final[tuple[Callable[[Annotated], Annotated], ...]] = (
    resolve_dates,
    resolve_places,
    resolve_actors,
    resolve_charges,
    resolve_penalties,
    resolve_counts,
)


def resolve(annotated: Annotated) -> Annotated:
    """Return the article with a value, or the reason for none, for every mention that a resolver knows."""
    for resolver in RESOLVERS:
        annotated = resolver(annotated)
    return annotated
