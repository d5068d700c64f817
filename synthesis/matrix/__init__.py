"""The framework matrix: what each authority said under each theme, or why its cell is empty."""

from synthesis.matrix.cells import Cell, Matrix, State, build
from synthesis.matrix.cited import cited, unfit
from synthesis.matrix.corpus import Corpus, Heard, Ids, Selection, topics_of
from synthesis.matrix.crosstab import cross
from synthesis.matrix.disclosure import gives_away
from synthesis.matrix.roster import Roster

__all__ = [
    "Cell",
    "Corpus",
    "Heard",
    "Ids",
    "Matrix",
    "Roster",
    "Selection",
    "State",
    "build",
    "cited",
    "cross",
    "gives_away",
    "topics_of",
    "unfit",
]
