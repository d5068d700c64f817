"""The style sheet: the styles, and the looks of links and tables, written for Word."""

from typing import Final

from synthesis.word.markup import DECLARATION, W
from synthesis.word.numbering import BULLETS
from synthesis.word.palette import ACCENT, FONT, INK, LINK, MUTED, RULE, TEXT_WIDTH
from synthesis.word.styles import PARAGRAPH_STYLES, Style

CELL_MARGINS: Final = {"ReviewTable": (70, 100), "ReviewTableSmall": (40, 70)}
"""The space inside a cell, above and below and at its sides, in twips."""

BOX_MARGINS: Final = (90, 140)

_BAR_SPACE: Final = 10
_BULLETED: Final = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{BULLETS}"/></w:numPr>'
_KEEP: Final = {
    "": "",
    "lines": "<w:keepLines/>",
    "next": "<w:keepNext/><w:keepLines/>",
}


def stylesheet() -> str:
    """Write the whole of the styles part."""
    paragraphs = "".join(_paragraph_style(style) for style in PARAGRAPH_STYLES)
    letters = "".join(_character_style(*style) for style in _CHARACTER_STYLES)
    return (
        f'{DECLARATION}<w:styles xmlns:w="{W}">{_DEFAULTS}{_ROOTS}{paragraphs}{_SPACER}'
        f"{letters}{''.join(_table_styles())}</w:styles>"
    )


def _paragraph_style(style: Style) -> str:
    following = f'<w:next w:val="{style.next}"/>' if style.next else ""
    return (
        f'<w:style w:type="paragraph" w:styleId="{style.id}"><w:name w:val="{style.name}"/>'
        f'<w:basedOn w:val="Normal"/>{following}<w:qFormat/>'
        f"<w:pPr>{_layout(style)}</w:pPr><w:rPr>{_letters(style)}</w:rPr></w:style>"
    )


def _layout(style: Style) -> str:
    """Write a style's paragraph properties, in the order the schema wants."""
    edge = f"<w:pBdr>{_edges(style)}</w:pBdr>" if _edges(style) else ""
    fill = _fill(style.fill) if style.fill else ""
    spacing = (
        f'<w:spacing w:before="{style.before}" w:after="{style.after}"'
        f' w:line="{style.line}" w:lineRule="auto"/>'
    )
    level = "" if style.level is None else f'<w:outlineLvl w:val="{style.level}"/>'
    before = _KEEP[style.keep] + (_BULLETED if style.bulleted else "") + edge + fill
    return f"{before}{_tab(style)}{spacing}{_indent(style)}{level}"


def _edges(style: Style) -> str:
    """Draw a style's edges; those in the colour of its fill are there as padding."""
    if style.id == "Header":
        return _border("bottom", RULE, 4, 6)
    if style.box:
        sides = ("top", "left", "bottom", "right")
        return "".join(_border(side, style.box, 6, 6) for side in sides)
    if not style.bar:
        return ""
    bar = _border("left", ACCENT, style.bar, _BAR_SPACE)
    if not style.fill:
        return bar
    top, bottom, right = (
        _border(side, style.fill, 4, space)
        for side, space in (("top", 7), ("bottom", 7), ("right", 8))
    )
    return top + bar + bottom + right


def _tab(style: Style) -> str:
    if not style.tab:
        return ""
    side = "left" if style.tab == "left" else "right"
    place = style.left if side == "left" else TEXT_WIDTH
    dots = ' w:leader="dot"' if style.tab == "dotted" else ""
    return f'<w:tabs><w:tab w:val="{side}"{dots} w:pos="{place}"/></w:tabs>'


def _indent(style: Style) -> str:
    if not (style.left or style.right):
        return ""
    hanging = f' w:hanging="{style.hanging}"' if style.hanging else ""
    return f'<w:ind w:left="{style.left}" w:right="{style.right}"{hanging}/>'


def _letters(style: Style) -> str:
    weight = "<w:b/><w:bCs/>" if style.bold else ""
    size = f'<w:sz w:val="{style.size}"/><w:szCs w:val="{style.size}"/>'
    return f'{weight}<w:color w:val="{style.colour}"/>{size}'


def _border(side: str, colour: str, eighths: int, space: int = 0) -> str:
    return f'<w:{side} w:val="single" w:sz="{eighths}" w:space="{space}" w:color="{colour}"/>'


def _fill(colour: str) -> str:
    return f'<w:shd w:val="clear" w:color="auto" w:fill="{colour}"/>'


def _character_style(name: str, look: str) -> str:
    return (
        f'<w:style w:type="character" w:styleId="{name.replace(" ", "")}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="DefaultParagraphFont"/><w:qFormat/><w:rPr>{look}</w:rPr></w:style>'
    )


def _table_styles() -> tuple[str, ...]:
    light = _border("top", ACCENT, 12) + _border("bottom", ACCENT, 6) + _border("insideH", RULE, 4)
    boxed = _border("left", ACCENT, 36) + _border("bottom", RULE, 4) + _border("insideH", RULE, 4)
    under = f"<w:tcBorders>{_border('bottom', ACCENT, 8)}</w:tcBorders>"
    return (
        _table_style("Review Table", light, CELL_MARGINS["ReviewTable"], under),
        _table_style("Review Table Small", light, CELL_MARGINS["ReviewTableSmall"], under),
        _table_style("Practice Box", boxed, BOX_MARGINS, _fill(ACCENT)),
    )


def _table_style(name: str, borders: str, margins: tuple[int, int], header: str) -> str:
    room = "".join(
        f'<w:{side} w:w="{margins[place % 2]}" w:type="dxa"/>'
        for place, side in enumerate(("top", "left", "bottom", "right"))
    )
    return (
        f'<w:style w:type="table" w:styleId="{name.replace(" ", "")}"><w:name w:val="{name}"/>'
        '<w:basedOn w:val="TableNormal"/><w:qFormat/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>'
        f"<w:tblBorders>{borders}</w:tblBorders><w:tblCellMar>{room}</w:tblCellMar></w:tblPr>"
        f'<w:tblStylePr w:type="firstRow"><w:rPr><w:b/><w:bCs/></w:rPr><w:tcPr>{header}</w:tcPr>'
        '</w:tblStylePr><w:tblStylePr w:type="firstCol"><w:rPr><w:b/><w:bCs/></w:rPr>'
        "</w:tblStylePr></w:style>"
    )


_CHARACTER_STYLES: Final = (
    ("Hyperlink", f'<w:color w:val="{LINK}"/><w:u w:val="single"/>'),
    ("Strong", "<w:b/><w:bCs/>"),
    ("Emphasis", "<w:i/><w:iCs/>"),
    ("Placeholder Text", f'<w:color w:val="{MUTED}"/>'),
    (
        "Detail Label",
        f'<w:b/><w:bCs/><w:color w:val="{ACCENT}"/><w:sz w:val="20"/><w:szCs w:val="20"/>',
    ),
)

_DEFAULTS: Final = (
    "<w:docDefaults><w:rPrDefault><w:rPr>"
    f'<w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" w:cs="{FONT}"/>'
    f'<w:color w:val="{INK}"/><w:sz w:val="22"/><w:szCs w:val="22"/>'
    '<w:lang w:val="en-GB" w:eastAsia="en-GB" w:bidi="ar-SA"/>'
    "</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>"
    '<w:spacing w:before="0" w:after="0" w:line="276" w:lineRule="auto"/>'
    "</w:pPr></w:pPrDefault></w:docDefaults>"
)

_ROOTS: Final = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
    '<w:qFormat/><w:pPr><w:widowControl/><w:jc w:val="left"/></w:pPr></w:style>'
    '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
    '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
    '<w:style w:type="table" w:default="1" w:styleId="TableNormal">'
    '<w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/>'
    '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/>'
    '<w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
    '<w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>'
    '<w:uiPriority w:val="99"/><w:semiHidden/></w:style>'
)

# Between two tables, and after the last one, Word needs a paragraph: as thin as can be.
_SPACER: Final = (
    '<w:style w:type="paragraph" w:styleId="Spacer"><w:name w:val="Spacer"/>'
    '<w:basedOn w:val="Normal"/><w:pPr><w:spacing w:line="20" w:lineRule="exact"/></w:pPr>'
    '<w:rPr><w:sz w:val="2"/><w:szCs w:val="2"/></w:rPr></w:style>'
)
