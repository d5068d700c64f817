"""The review as a Word document, and the one door to python-docx."""

from synthesis.word.document import write
from synthesis.word.inspection.check import check, text_of

__all__ = ["check", "text_of", "write"]
