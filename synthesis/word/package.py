"""The package that python-docx opens: A4, en-GB, our styles, our theme, no prompts.

python-docx's own template is US Letter in blue Calibri, with a settings part that breaks the
schema, so nothing of it is used.
"""

import io
import zipfile
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, Literal

from synthesis.review.blocks import Bullets, Review
from synthesis.word.fields import field
from synthesis.word.markup import DECLARATION, NAMESPACES, attribute, escaped, paragraph, run
from synthesis.word.numbering import numbering
from synthesis.word.palette import (
    BOTTOM_MARGIN,
    FONT,
    MARGIN,
    PAGE_LONG,
    PAGE_SHORT,
    TEXT_WIDTH,
    TOP_MARGIN,
    WIDE_TEXT_WIDTH,
)
from synthesis.word.stylesheet import stylesheet
from synthesis.word.theme import theme

Layout = Literal["cover", "portrait", "landscape"]

EPOCH: Final = (1980, 1, 1, 0, 0, 0)
"""The date of every file inside the document: the same review gives the same bytes."""

CUSTOM: Final = "docProps/custom.xml"
"""Where properties of our own are kept."""

# The format that Office gives to every property of one's own.
_FORMAT: Final = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_OFFICE_OLD: Final = "http://schemas.openxmlformats.org/officeDocument/2006"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
_WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_EDGE_PARTS: Final = (
    ("header", "portrait"),
    ("footer", "portrait"),
    ("header", "landscape"),
    ("footer", "landscape"),
)


def package(review: Review, body: str, own: Mapping[str, str] = MappingProxyType({})) -> bytes:
    """Pack a document of this body, with the review's properties, header and footer.

    `own` are properties of our own that travel in the file and that readers are not shown.
    """
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for name, content in _parts(review, body, own).items():
            archive.writestr(zipfile.ZipInfo(name, EPOCH), content)
    return stream.getvalue()


def section(layout: Layout) -> str:
    """Write the properties of a section: its page, and the header and footer it shows."""
    wide = layout == "landscape"
    width, height = (PAGE_LONG, PAGE_SHORT) if wide else (PAGE_SHORT, PAGE_LONG)
    turned = ' w:orient="landscape"' if wide else ""
    edges = "" if layout == "cover" else _edge_references(layout)
    return (
        f'<w:sectPr>{edges}<w:type w:val="nextPage"/>'
        f'<w:pgSz w:w="{width}" w:h="{height}"{turned}/>'
        f'<w:pgMar w:top="{TOP_MARGIN}" w:right="{MARGIN}" w:bottom="{BOTTOM_MARGIN}"'
        f' w:left="{MARGIN}" w:header="680" w:footer="624" w:gutter="0"/>'
        '<w:cols w:space="708"/></w:sectPr>'
    )


def _edge_references(layout: Layout) -> str:
    return "".join(
        f'<w:{edge}Reference w:type="default" r:id="{edge}_{layout}"/>'
        for edge in ("header", "footer")
    )


def _parts(review: Review, body: str, own: Mapping[str, str]) -> dict[str, str]:
    lists = sum(isinstance(block, Bullets) and block.numbered for block in review.blocks)
    return {
        "[Content_Types].xml": _content_types(has_own=bool(own)),
        "_rels/.rels": _package_relationships(has_own=bool(own)),
        "word/document.xml": (
            f"{DECLARATION}<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>"
        ),
        "word/_rels/document.xml.rels": _document_relationships(),
        "word/styles.xml": stylesheet(),
        "word/settings.xml": _SETTINGS,
        "word/numbering.xml": numbering(lists),
        "word/fontTable.xml": _FONTS,
        "word/theme/theme1.xml": theme(),
        "docProps/core.xml": _core_properties(review),
        **{f"word/{edge}_{turn}.xml": _edge(edge, turn, review) for edge, turn in _EDGE_PARTS},
        **({CUSTOM: _own_properties(own)} if own else {}),
    }


def _edge(edge: str, turn: str, review: Review) -> str:
    """Write a header (the title) or a footer (the version, and which page of how many)."""
    tag = "hdr" if edge == "header" else "ftr"
    content = run(review.title) if edge == "header" else _footer_line(review.version)
    # The style's tab suits an upright page; a wide page has its right edge further out.
    tabs = _WIDE_TABS if turn == "landscape" else ""
    words = paragraph(edge.capitalize(), content, tabs)
    return f"{DECLARATION}<w:{tag} {NAMESPACES}>{words}</w:{tag}>"


def _footer_line(version: str) -> str:
    pages = run("Page ") + field("PAGE", "1") + run(" of ") + field("NUMPAGES", "1")
    return run(version) + "<w:r><w:tab/></w:r>" + pages


def _core_properties(review: Review) -> str:
    title, subject, author, version = (
        escaped(text) for text in (review.title, review.subject, review.author, review.version)
    )
    return (
        f'{DECLARATION}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{title}</dc:title><dc:subject>{subject}</dc:subject>"
        f"<dc:creator>{author}</dc:creator><cp:lastModifiedBy>{author}</cp:lastModifiedBy>"
        f"<dc:language>en-GB</dc:language><cp:version>{version}</cp:version></cp:coreProperties>"
    )


def _own_properties(own: Mapping[str, str]) -> str:
    properties = "".join(
        f'<property fmtid="{_FORMAT}" pid="{number}" name="{attribute(name)}">'
        f"<vt:lpwstr>{escaped(text)}</vt:lpwstr></property>"
        for number, (name, text) in enumerate(own.items(), start=2)
    )
    space = f'xmlns="{_OFFICE_OLD}/custom-properties" xmlns:vt="{_OFFICE_OLD}/docPropsVTypes"'
    return f"{DECLARATION}<Properties {space}>{properties}</Properties>"


def _relationship(name: str, kind: str, target: str) -> str:
    return f'<Relationship Id="{name}" Type="{kind}" Target="{target}"/>'


def _relationships(inside: str) -> str:
    return f'{DECLARATION}<Relationships xmlns="{_PACKAGE}/relationships">{inside}</Relationships>'


def _package_relationships(*, has_own: bool) -> str:
    custom = _relationship("custom", f"{_OFFICE}/custom-properties", CUSTOM) if has_own else ""
    return _relationships(
        _relationship("document", f"{_OFFICE}/officeDocument", "word/document.xml")
        + _relationship(
            "core", f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"
        )
        + custom
    )


def _document_relationships() -> str:
    own = "".join(_relationship(kind, f"{_OFFICE}/{kind}", f"{kind}.xml") for kind in _NAMED_ALIKE)
    edges = "".join(
        _relationship(f"{edge}_{turn}", f"{_OFFICE}/{edge}", f"{edge}_{turn}.xml")
        for edge, turn in _EDGE_PARTS
    )
    return _relationships(
        own + _relationship("theme", f"{_OFFICE}/theme", "theme/theme1.xml") + edges
    )


def _content_types(*, has_own: bool) -> str:
    kinds = {f"/word/{kind}.xml": f"{_WORD}.{kind}+xml" for kind in _NAMED_ALIKE}
    kinds |= {f"/word/{edge}_{turn}.xml": f"{_WORD}.{edge}+xml" for edge, turn in _EDGE_PARTS}
    kinds |= {
        "/word/document.xml": f"{_WORD}.document.main+xml",
        "/word/theme/theme1.xml": "application/vnd.openxmlformats-officedocument.theme+xml",
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    }
    if has_own:
        kinds[f"/{CUSTOM}"] = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
    overrides = "".join(
        f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in kinds.items()
    )
    return (
        f'{DECLARATION}<Types xmlns="{_PACKAGE}/content-types">'
        f'<Default Extension="rels" ContentType="{_RELATIONSHIPS_TYPE}"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


_NAMED_ALIKE: Final = ("styles", "settings", "numbering", "fontTable")
_RELATIONSHIPS_TYPE: Final = "application/vnd.openxmlformats-package.relationships+xml"
_WIDE_TABS: Final = (
    f'<w:tabs><w:tab w:val="clear" w:pos="{TEXT_WIDTH}"/>'
    f'<w:tab w:val="right" w:pos="{WIDE_TEXT_WIDTH}"/></w:tabs>'
)

_FONTS: Final = (
    f'{DECLARATION}<w:fonts {NAMESPACES}><w:font w:name="{FONT}">'
    '<w:panose1 w:val="020B0604020202020204"/><w:charset w:val="00"/><w:family w:val="swiss"/>'
    '<w:pitch w:val="variable"/></w:font></w:fonts>'
)

# No updateFields: Word would ask every reader whether to update the fields.
_SETTINGS: Final = (
    f"{DECLARATION}<w:settings {NAMESPACES}>"
    '<w:zoom w:percent="100"/><w:defaultTabStop w:val="567"/><w:autoHyphenation w:val="false"/>'
    '<w:characterSpacingControl w:val="doNotCompress"/><w:compat>'
    '<w:compatSetting w:name="compatibilityMode"'
    ' w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
    '<w:themeFontLang w:val="en-GB"/>'
    '<w:clrSchemeMapping w:bg1="light1" w:t1="dark1" w:bg2="light2" w:t2="dark2"'
    ' w:accent1="accent1" w:accent2="accent2" w:accent3="accent3" w:accent4="accent4"'
    ' w:accent5="accent5" w:accent6="accent6" w:hyperlink="hyperlink"'
    ' w:followedHyperlink="followedHyperlink"/>'
    '<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>'
)
