"""How far two labellers agree: the same scorer, either of them taken as gold in turn."""

from extract.errors import UsageError
from extract.score.counts import Counts, count
from extract.score.report import Report, Scored, listed, report_on


def agree(a: Scored, b: Scored, *, seed: int = 0, ignore_unshared: bool = False) -> Report:
    """Return the agreement of two people's labels, the same whichever comes first.

    A filler is held to its text and name on one side and to any mention on the other, so A against B is not quite B
    against A: the counts are those of both directions together. Precision, recall and F1 are then one figure.
    Raises `UsageError` for documents that only one has labelled, unless `ignore_unshared` leaves them out.
    """
    unshared = sorted(a.keys() ^ b.keys())
    if unshared and not ignore_unshared:
        raise UsageError(
            f"{len(unshared)} documents are labelled by one person only: {listed(unshared)}. "
            "Compare labels of the same documents, or leave the others out with ignore_unshared."
        )
    lenient, strict = (_both_ways(a, b, strict=strict) for strict in (False, True))
    return report_on(lenient, strict, seed=seed)


def _both_ways(a: Scored, b: Scored, *, strict: bool) -> Counts:
    shared = sorted(a.keys() & b.keys())
    forth = count([(a[doc_id], b[doc_id]) for doc_id in shared], strict=strict)
    back = count([(b[doc_id], a[doc_id]) for doc_id in shared], strict=strict)
    return forth.both_ways(back)
