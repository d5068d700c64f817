"""Bookmarks to jump to, and fields that Word works out again: each with its words cached.

A field without cached words makes Word offer to repair the file.
"""

from typing import Final

from synthesis.word.markup import attribute, run

FIELD_END: Final = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


def field(instruction: str, cached: str) -> str:
    """Make a complex field that shows these words until somebody updates it."""
    return f"{field_start(instruction)}{run(cached)}{FIELD_END}"


def field_start(instruction: str) -> str:
    """Open a complex field, up to where its cached words begin."""
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r>'
        f'<w:instrText xml:space="preserve"> {attribute(instruction)} </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )


def bookmark(number: int, name: str, content: str) -> str:
    """Set a bookmark round some runs."""
    return (
        f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{content}'
        f'<w:bookmarkEnd w:id="{number}"/>'
    )


def jump(name: str, content: str) -> str:
    """Make runs that jump to a bookmark."""
    return f'<w:hyperlink w:anchor="{name}" w:history="1">{content}</w:hyperlink>'
