"""Real bullets and numbers for lists; every numbered list starts again at one."""

from typing import Final

from synthesis.word.markup import DECLARATION, W
from synthesis.word.palette import ACCENT

BULLETS: Final = 1
"""The numbering that every bulleted list shares."""

FIRST_NUMBERED: Final = 2
"""The numbering of the first numbered list; the next list has the next number."""


def numbering(numbered_lists: int) -> str:
    """Write the numbering part for a review with this many numbered lists."""
    lists = "".join(
        f'<w:num w:numId="{FIRST_NUMBERED + place}"><w:abstractNumId w:val="1"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
        for place in range(numbered_lists)
    )
    return (
        f'{DECLARATION}<w:numbering xmlns:w="{W}">'
        f"{_level(0, 'bullet', '•')}{_level(1, 'decimal', '%1.')}"
        f'<w:num w:numId="{BULLETS}"><w:abstractNumId w:val="0"/></w:num>{lists}</w:numbering>'
    )


def _level(number: int, kind: str, text: str) -> str:
    return (
        f'<w:abstractNum w:abstractNumId="{number}"><w:multiLevelType w:val="singleLevel"/>'
        f'<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
        f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
        '<w:pPr><w:ind w:left="454" w:hanging="454"/></w:pPr>'
        f'<w:rPr><w:b/><w:color w:val="{ACCENT}"/></w:rPr></w:lvl></w:abstractNum>'
    )
