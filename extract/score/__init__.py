"""Scores of predicted records against gold, as docs/SCORING.md defines them; knows neither models nor torch.

`read_gold` and `read_predicted` read files; `score`, `agree` and `compare` count.
"""

from extract.score.agree import agree
from extract.score.compare import Comparison, compare
from extract.score.differences import Difference, differences
from extract.score.read import read_gold, read_predicted
from extract.score.report import Report, score
from extract.score.scored import ScoredEvent, ScoredFiller, from_event, from_labelled, from_record

__all__ = [
    "Comparison",
    "Difference",
    "Report",
    "ScoredEvent",
    "ScoredFiller",
    "agree",
    "compare",
    "differences",
    "from_event",
    "from_labelled",
    "from_record",
    "read_gold",
    "read_predicted",
    "score",
]
