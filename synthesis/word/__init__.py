"""The review as a Word document, and the one door to python-docx."""

from synthesis.word.document import write
from synthesis.word.inspection.check import check, text_of
from synthesis.word.repaging import with_pages

__all__ = ["check", "text_of", "with_pages", "write"]
