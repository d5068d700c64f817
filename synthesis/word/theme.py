"""The theme: our colours and typeface in Word's pickers, so that later edits stay in style."""

from typing import Final

from synthesis.word.markup import DECLARATION, A
from synthesis.word.palette import ACCENT, FONT, INK, LINK, MUTED, PAPER, RULE, SHADES, TINT


def theme() -> str:
    """Write the theme part."""
    colours = "".join(
        f'<a:{slot}><a:srgbClr val="{colour}"/></a:{slot}>' for slot, colour in _COLOURS
    )
    fonts = "".join(
        f'<a:{use}Font><a:latin typeface="{FONT}"/><a:ea typeface=""/><a:cs typeface=""/>'
        f"</a:{use}Font>"
        for use in ("major", "minor")
    )
    return (
        f'{DECLARATION}<a:theme xmlns:a="{A}" name="Review"><a:themeElements>'
        f'<a:clrScheme name="Review">{colours}</a:clrScheme>'
        f'<a:fontScheme name="Review">{fonts}</a:fontScheme>{_EFFECTS}'
        "</a:themeElements></a:theme>"
    )


_COLOURS: Final = (
    ("dk1", INK),
    ("lt1", PAPER),
    ("dk2", ACCENT),
    ("lt2", TINT),
    ("accent1", ACCENT),
    ("accent2", SHADES[5]),
    ("accent3", MUTED),
    ("accent4", SHADES[3]),
    ("accent5", RULE),
    ("accent6", SHADES[1]),
    ("hlink", LINK),
    ("folHlink", LINK),
)

_PLAIN_FILL: Final = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
_PLAIN_LINE: Final = f'<a:ln w="9525">{_PLAIN_FILL}</a:ln>'
_NO_EFFECT: Final = "<a:effectStyle><a:effectLst/></a:effectStyle>"

# The schema wants three of each; ours are all plain.
_EFFECTS: Final = (
    f'<a:fmtScheme name="Review"><a:fillStyleLst>{_PLAIN_FILL * 3}</a:fillStyleLst>'
    f"<a:lnStyleLst>{_PLAIN_LINE * 3}</a:lnStyleLst>"
    f"<a:effectStyleLst>{_NO_EFFECT * 3}</a:effectStyleLst>"
    f"<a:bgFillStyleLst>{_PLAIN_FILL * 3}</a:bgFillStyleLst></a:fmtScheme>"
)
