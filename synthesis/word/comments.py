"""Comments in Word, pinned to words as they are printed; no clock is read for them."""

from collections.abc import Mapping
from typing import Final

from docx.document import Document
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from docx.text.run import Run

from synthesis.word.markup import NAMESPACES, clean

# What Word calls the styles of a comment, and of the mark that it hangs on.
_STYLES: Final = (
    f'<w:styles {NAMESPACES}><w:style w:type="paragraph" w:styleId="CommentText">'
    '<w:name w:val="annotation text"/><w:basedOn w:val="Normal"/>'
    '<w:pPr><w:spacing w:before="0" w:after="60"/></w:pPr>'
    '<w:rPr><w:sz w:val="18"/><w:szCs w:val="18"/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="CommentReference">'
    '<w:name w:val="annotation reference"/><w:basedOn w:val="DefaultParagraphFont"/>'
    '<w:rPr><w:sz w:val="16"/><w:szCs w:val="16"/></w:rPr></w:style></w:styles>'
)


def annotate(document: Document, remarks: Mapping[str, str], author: str) -> None:
    """Pin each remark to the words that it is about, wherever the running text prints them."""
    for style in parse_xml(_STYLES):
        document.styles.element.append(style)
    wanted = {clean(words): remark for words, remark in remarks.items()}
    for paragraph in document.paragraphs:
        for run in paragraph.runs:
            if run.text in wanted:
                _pin(document, run, wanted[run.text], author)


def _pin(document: Document, run: Run, remark: str, author: str) -> None:
    comment = document.add_comment(run, clean(remark), author, _initials(author))
    # The library notes when it was made; the same review must give the same bytes.
    comment._comment_elm.attrib.pop(qn("w:date"), "")
    for paragraph in comment.paragraphs:
        paragraph.style = document.styles["annotation text"]


def _initials(author: str) -> str:
    return "".join(word[0] for word in author.split()[:3]).upper()
