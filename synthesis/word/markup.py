"""Words made fit for WordprocessingML: nothing a person typed can break the file."""

import re
from typing import Final

W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WP: Final = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
A: Final = "http://schemas.openxmlformats.org/drawingml/2006/main"
PIC: Final = "http://schemas.openxmlformats.org/drawingml/2006/picture"

DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
NAMESPACES: Final = f'xmlns:w="{W}" xmlns:r="{R}" xmlns:wp="{WP}" xmlns:a="{A}" xmlns:pic="{PIC}"'

# Whatever XML 1.0 forbids: control characters, halves of surrogate pairs, two non-characters.
_FORBIDDEN: Final = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LINE_ENDS: Final = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")


def clean(text: str) -> str:
    """Give the text with every line end as a newline and no character that XML forbids."""
    return _FORBIDDEN.sub("", _LINE_ENDS.sub("\n", text))


def escaped(text: str) -> str:
    """Give the cleaned text as the content of an element."""
    return clean(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def attribute(text: str) -> str:
    """Give the cleaned text as the value of an attribute in double quotes, on one line."""
    return escaped(" ".join(text.split())).replace('"', "&quot;")


def run(text: str, properties: str = "") -> str:
    """Make a run of these words; a newline becomes a line break and a tab a tab."""
    inside = escaped(text).replace("\n", _BREAK).replace("\t", _TAB)
    formatted = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{formatted}<w:t xml:space="preserve">{inside}</w:t></w:r>'


def paragraph(style: str, content: str, properties: str = "") -> str:
    """Make a paragraph of a style; `properties` come in the schema's order after the style."""
    head = f'<w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>'
    return f"<w:p>{head}{content}</w:p>"


_NEXT_TEXT: Final = '<w:t xml:space="preserve">'
_BREAK: Final = f"</w:t><w:br/>{_NEXT_TEXT}"
_TAB: Final = f"</w:t><w:tab/>{_NEXT_TEXT}"
