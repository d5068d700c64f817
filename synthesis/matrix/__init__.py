"""The framework matrix: what each authority said under each theme, or why its cell is empty."""

from synthesis.matrix.cells import Cell, Matrix, State, build
from synthesis.matrix.cited import unfit, with_cited
from synthesis.matrix.corpus import Corpus, Heard, topics_of
from synthesis.matrix.crosstab import cross
from synthesis.matrix.disclosure import gives_away
from synthesis.matrix.roster import Roster

__all__ = [
    "Cell",
    "Corpus",
    "Heard",
    "Matrix",
    "Roster",
    "State",
    "build",
    "cross",
    "gives_away",
    "topics_of",
    "unfit",
    "with_cited",
]
