"""Words -> values: each resolver turns its kind of mention into a value, and knows none of the others."""

from collections.abc import Callable

from extract.resolve.dates import resolve_dates
from extract.schema.annotation import Annotated

RESOLVERS: tuple[Callable[[Annotated], Annotated], ...] = (resolve_dates,)


def resolve(annotated: Annotated) -> Annotated:
    """Return the article with a value, or the reason for none, for every mention that a resolver knows."""
    for resolver in RESOLVERS:
        annotated = resolver(annotated)
    return annotated
