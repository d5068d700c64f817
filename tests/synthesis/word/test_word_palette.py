"""Every colour that words are set in can be read on every colour they are set on."""

import pytest

from synthesis.word.palette import ACCENT, INK, LINK, MUTED, PAPER, SHADES, TINT
from synthesis.word.styles import PARAGRAPH_STYLES, Style

CELL_FILLS = [fill for fill in SHADES if fill]


def contrast(one: str, other: str) -> float:
    """Give the contrast ratio of two colours as WCAG 2.2 defines it."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[place : place + 2], 16) / 255 for place in (0, 2, 4))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_contrast_is_reckoned_as_the_standard_does() -> None:
    assert contrast("000000", "FFFFFF") == pytest.approx(21)
    assert contrast("767676", "FFFFFF") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("fill", [PAPER, TINT, *CELL_FILLS])
@pytest.mark.parametrize("colour", [INK, LINK])
def test_words_and_links_are_legible_in_every_cell(colour: str, fill: str) -> None:
    assert contrast(colour, fill) >= 4.5


@pytest.mark.parametrize("style", PARAGRAPH_STYLES, ids=lambda style: style.id)
def test_every_style_is_legible(style: Style) -> None:
    on = ACCENT if style.colour == PAPER else style.fill or PAPER

    assert contrast(style.colour, on) >= 4.5


def test_notes_and_labels_are_legible_on_tint() -> None:
    assert contrast(MUTED, TINT) >= 4.5
    assert contrast(ACCENT, TINT) >= 4.5


def test_shades_grow_darker_step_by_step() -> None:
    lightness = [_luminance(fill) for fill in (PAPER, *CELL_FILLS)]

    assert lightness == sorted(lightness, reverse=True)
    assert len(set(lightness)) == len(lightness)


def test_reading_text_is_large_enough() -> None:
    sizes = {style.id: style.size / 2 for style in PARAGRAPH_STYLES}

    assert sizes["BodyText"] >= 11
    assert min(sizes.values()) >= 9
