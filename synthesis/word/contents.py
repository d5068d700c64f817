"""The table of contents: a real field, already filled in, each line a link with its page."""

from typing import Final

from synthesis.review.blocks import Contents, Heading
from synthesis.word.draft import Draft
from synthesis.word.fields import FIELD_END, field, field_start, jump
from synthesis.word.markup import paragraph, run

_TAB: Final = "<w:r><w:tab/></w:r>"


def render_contents(contents: Contents, draft: Draft) -> str:
    """Write the contents as Word's own kind of block, which offers to bring itself up to date."""
    headings = [one for one in draft.headings if one.level <= contents.depth and one.anchor]
    lines = [_line(contents, one, draft) for one in headings] or [run("No chapters yet.")]
    bare = "" if contents.numbered else " \\n"
    lines[0] = field_start(f'TOC \\o "1-{contents.depth}"{bare} \\h \\z \\u') + lines[0]
    lines[-1] += FIELD_END
    levels = [heading.level for heading in headings] or [1]
    listed = "".join(
        paragraph(f"TOC{level}", line) for level, line in zip(levels, lines, strict=True)
    )
    return _FRAME.format(paragraph("TOCHeading", run(contents.title)) + listed)


def _line(contents: Contents, heading: Heading, draft: Draft) -> str:
    name = draft.bookmarks[heading.anchor]
    if not contents.numbered:
        return jump(name, run(heading.text))
    page = field(f"PAGEREF {name} \\h", str(draft.pages[heading.anchor]))
    return jump(name, run(heading.text) + _TAB + page)


_FRAME: Final = (
    '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/>'
    "<w:docPartUnique/></w:docPartObj></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
)
