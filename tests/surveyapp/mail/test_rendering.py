"""Every kind of mail says what it is told, in plain text and in HTML, and nothing else."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import get_args

import pytest

import surveyapp.mail
from surveyapp.mail.kinds import NEEDS, Kind
from surveyapp.mail.rendering import render
from tests.surveyapp.browsing import parse
from tests.surveyapp.mail.posting import CONTEXTS, LINK

pytestmark = pytest.mark.mail
TEMPLATES = Path(surveyapp.mail.__file__).parent / "templates" / "mail"
BELOW_A_BUTTON = "If the button does not work, copy this address into your browser:"
EVERY = pytest.mark.parametrize("kind", get_args(Kind))


def test_every_kind_has_its_templates_and_needs() -> None:
    kinds = set(get_args(Kind))

    assert kinds == set(NEEDS) == set(CONTEXTS)
    for ending, shared in (("txt", {"letter"}), ("html", {"letter", "parts"})):
        assert {path.stem for path in TEMPLATES.glob(f"*.{ending}")} == kinds | shared


@EVERY
def test_a_mail_is_headed_and_laid_out(kind: Kind) -> None:
    made = render(kind, "Cy Birch", CONTEXTS[kind])

    assert made.subject == parse(made.html).findtext("head/title")
    assert made.subject.strip()
    assert made.text.startswith("Dear Cy Birch,\n\n")
    assert "\n\n\n" not in made.text
    assert f":\n\n{LINK}\n\n" in made.text


@EVERY
def test_a_mail_says_the_same_in_text_and_in_html(kind: Kind) -> None:
    for told in (CONTEXTS[kind], awkward(kind)):
        made = render(kind, "Cy Birch", told)

        assert in_words(made.text.split("\n\n")) == in_words(paragraphs(made.html))


@EVERY
def test_both_hold_the_same_links(kind: Kind) -> None:
    made = render(kind, "Cy Birch", CONTEXTS[kind])

    assert {link.get("href") for link in parse(made.html).iter("a")} == {LINK}
    assert set(re.findall(r"https?://\S+", made.text)) == {LINK}


@EVERY
def test_the_html_brings_in_nothing_from_elsewhere(kind: Kind) -> None:
    html = render(kind, "Cy Birch", CONTEXTS[kind]).html.casefold()

    for way in ("<img", "<link", "<script", "<iframe", "url(", "@import", "src=", "http-equiv"):
        assert way not in html


def awkward(kind: Kind) -> dict[str, object]:
    """The same with several lines, entities and long words in everything that people type."""
    words = "Two\nlines & <more> “quoted”"
    return {
        name: words if name in ("note", "reason") else value
        for name, value in CONTEXTS[kind].items()
    }


def paragraphs(html: str) -> list[str]:
    """What the paragraphs say; the one below a button holds the same address in full."""
    found = ("".join(one.itertext()) for one in parse(html).iter("p"))
    return [one.replace(BELOW_A_BUTTON, "") for one in found]


def in_words(parts: list[str]) -> list[str]:
    """The words one by one; what leads to a link ends in a colon where it is no button."""
    return " ".join(" ".join(one.split()).removesuffix(":") for one in parts).split()


@EVERY
def test_what_people_type_is_not_markup(kind: Kind) -> None:
    told: Mapping[str, object] = {
        name: f"<b>{name}</b>" if isinstance(value, str) and name != "link" else value
        for name, value in CONTEXTS[kind].items()
    }

    made = render(kind, "<i>Cy</i>", told)

    assert "<b>" not in made.html
    assert "<i>" not in made.html
    assert "&lt;i&gt;" in made.html
    assert "<i>Cy</i>" in made.text


def test_a_line_break_does_not_reach_the_subject() -> None:
    told = CONTEXTS["handover"] | {"section": "Needs\r\nBcc: everybody@survey.test"}

    made = render("handover", "Cy", told)

    assert (
        made.subject == "A section of Tiny survey 2015 is yours: Needs Bcc: everybody@survey.test"
    )


@pytest.mark.parametrize("change", [{"extra": 1}, {"link": None}])
def test_a_kind_is_told_no_more_and_no_less(change: Mapping[str, object]) -> None:
    told = dict(CONTEXTS["comment"]) | change
    if change.get("link", "") is None:
        del told["link"]

    with pytest.raises(ValueError, match="comment is told"):
        render("comment", "Cy", told)


@pytest.mark.parametrize(
    ("waiting", "is_coordinator", "words"),
    [
        (2, True, "has not been submitted yet. 2 sections are not finished."),
        (1, True, "1 section is not finished."),
        (0, True, "Every section is finished, so you can check the answers and submit."),
        (1, False, "1 section handed to you for Birch is not finished."),
        (3, False, "3 sections handed to you for Birch are not finished."),
    ],
)
def test_a_reminder_says_what_waits(waiting: int, *, is_coordinator: bool, words: str) -> None:
    told = CONTEXTS["reminder"] | {"waiting": waiting, "is_coordinator": is_coordinator}

    made = render("reminder", "Cy", told)

    assert words in made.text
    assert words in made.html
