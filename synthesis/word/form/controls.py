"""Content controls: what a person types, chooses, ticks or dates, each known by its tag."""

from typing import Final

from synthesis.word.fields import bookmark
from synthesis.word.form.blocks import (
    LONGEST_TAG,
    NO_ANSWER,
    PLACEHOLDERS,
    Choice,
    Field,
    bookmark_of,
    entry_text,
    known_as,
    option_tag,
)
from synthesis.word.markup import attribute, clean, run

W14: Final = "http://schemas.microsoft.com/office/word/2010/wordml"
TICKED: Final = "☒"
EMPTY: Final = "☐"

_PLACEHOLDER: Final = '<w:rStyle w:val="PlaceholderText"/>'
_SYMBOL: Final = (
    '<w:rFonts w:ascii="MS Gothic" w:hAnsi="MS Gothic" w:eastAsia="MS Gothic" w:hint="eastAsia"/>'
)
_DATE: Final = (
    '<w:date><w:dateFormat w:val="d MMMM yyyy"/><w:lid w:val="en-GB"/>'
    '<w:storeMappedDataAs w:val="dateTime"/><w:calendar w:val="gregorian"/></w:date>'
)


def control(field: Field, number: int) -> str:
    """Write the control of a field that has one; `number` tells it from all others."""
    if field.kind == "choice":
        words = {one.code: entry_text(one.text) for one in field.options}
        text = next((words[code] for code in field.chosen if code in words), "")
    else:
        text = clean(field.text)
    showing = not text.strip()
    words_shown = PLACEHOLDERS[field.kind] if showing else text
    content = run(words_shown, _PLACEHOLDER if showing else "")
    flag = "<w:showingPlcHdr/>" if showing else ""
    return _control(field.tag, field.label, number, flag + _sort(field), content)


def tick_box(field: Field, option: Choice, number: int) -> str:
    """Write the box to tick for one option."""
    ticked = option.code in field.chosen
    sort = (
        f'<w14:checkbox xmlns:w14="{W14}"><w14:checked w14:val="{int(ticked)}"/>'
        '<w14:checkedState w14:val="2612" w14:font="MS Gothic"/>'
        '<w14:uncheckedState w14:val="2610" w14:font="MS Gothic"/></w14:checkbox>'
    )
    content = run(TICKED if ticked else EMPTY, _SYMBOL)
    return _control(option_tag(field, option), option.text, number, sort, content)


def _sort(field: Field) -> str:
    """Say what sort of control it is.

    Several lines are rich text: a plain-text control loses its line ends in some programs.
    """
    if field.kind == "text":
        return "<w:richText/>"
    if field.kind == "date":
        return _DATE
    return _list(field.options) if field.kind == "choice" else "<w:text/>"


def _list(options: tuple[Choice, ...]) -> str:
    entries = "".join(
        f'<w:listItem w:displayText="{attribute(entry_text(one.text))}"'
        f' w:value="{attribute(one.code)}"/>'
        for one in options
    )
    none = f'<w:listItem w:displayText="{NO_ANSWER}" w:value=""/>'
    return f"<w:dropDownList>{none}{entries}</w:dropDownList>"


def _control(tag: str, label: str, number: int, sort: str, content: str) -> str:
    title = " ".join(label.split())
    title = title if len(title) <= LONGEST_TAG else f"{title[: LONGEST_TAG - 1]}…"
    control = (
        f'<w:sdt><w:sdtPr><w:alias w:val="{attribute(title)}"/>'
        f'<w:tag w:val="{attribute(known_as(tag))}"/><w:id w:val="{number}"/>'
        f'<w:lock w:val="sdtLocked"/>{sort}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>'
    )
    return bookmark(number, bookmark_of(tag), control)
