"""Exchange with other programs for qualitative data, in the REFI-QDA formats."""

from synthesis.exchange.drawing import Given, Remark, Told, Unplaced, draw, draw_codes, find
from synthesis.exchange.project import Code, Project
from synthesis.exchange.reading import check_project, read_codebook, read_project
from synthesis.exchange.writing import write_codebook, write_project

__all__ = [
    "Code",
    "Given",
    "Project",
    "Remark",
    "Told",
    "Unplaced",
    "check_project",
    "draw",
    "draw_codes",
    "find",
    "read_codebook",
    "read_project",
    "write_codebook",
    "write_project",
]
