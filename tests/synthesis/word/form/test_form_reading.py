"""What comes back is what was typed, and whatever else is in the file is told of."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from synthesis.word.form import Choice, Field, FormAnswers, Given, Heading, read, write
from synthesis.word.form.blocks import bookmark_of
from synthesis.word.markup import clean
from tests.synthesis.word.form.forms import DOCUMENT, filled, whole, with_parts
from tests.synthesis.word.inspection.planting import plant

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TEXT = "S01.3"
SAID = '<w:t xml:space="preserve">We ask.</w:t>'


def read_with(old: str, new: str) -> FormAnswers:
    """What is read once these words of the file are others."""
    return read(plant(write(whole()), DOCUMENT, old, new), whole())


def told(found: FormAnswers) -> list[tuple[str, str, str]]:
    return [(one.kind, one.text, one.tag) for one in found.notices]


def pasted_control(tag: str, words: str) -> str:
    content = f"<w:sdtContent><w:r><w:t>{words}</w:t></w:r></w:sdtContent>"
    return f'<w:p><w:sdt><w:sdtPr><w:tag w:val="{tag}"/></w:sdtPr>{content}</w:sdt></w:p>'


def test_a_form_that_nobody_touched_says_what_it_said() -> None:
    found = read(write(whole()), whole())

    assert found.notices == ()
    assert found.answers == {
        "S01.1": Given(chosen=("school",)),
        "S01.2": Given(chosen=("health",)),
        TEXT: Given("We ask.\nThey tell."),
        "Z1.1.a/1": Given(),
        "Z1.1.b/1": Given("1 March 2015"),
        "Z1.1.c/1": Given(),
    }


@settings(max_examples=60, deadline=None)
@given(st.text(min_size=1, max_size=80))
def test_any_text_comes_back(text: str) -> None:
    form = filled(whole(), TEXT, text)
    found = read(write(form), form)

    assert found.answers[TEXT].text == (clean(text) if clean(text).strip() else "")
    assert found.notices == ()


@pytest.mark.parametrize(
    "text",
    [
        "Families 👨‍👩‍👧 said “yes” & <no>",
        "العائلات أولا\nשלום",
        "one\n\n\ntwo\tthree",
        "No answer",
        "  kept ",
    ],
)
def test_awkward_text_comes_back(text: str) -> None:
    form = filled(whole(), TEXT, text)

    assert read(write(form), form).answers[TEXT].text == text


def test_words_typed_outside_the_fields_are_told_with_the_place() -> None:
    found = read_with(
        "S01.3 How do you know?</w:t></w:r></w:p>",
        "S01.3 How do you know?</w:t></w:r></w:p><w:p><w:r><w:t>We typed here.</w:t></w:r></w:p>",
    )

    (notice,) = found.notices
    assert (notice.kind, notice.text) == ("outside", "We typed here.")
    assert notice.near == "S01.3 How do you know?"


def test_an_option_called_as_a_section_is_no_heading() -> None:
    options = (Choice("s01", "Identification of needs"),)
    asked = Field("Z1.2", "Which strand?", "choices", options=options)
    form = replace(whole(), blocks=(*whole().blocks, Heading(2, "Z1.2 Which strand?"), asked))
    stray = "<w:p><w:r><w:t>We typed here.</w:t></w:r></w:p><w:sectPr>"

    (notice,) = read(plant(write(form), DOCUMENT, "<w:sectPr>", stray), form).notices

    assert (notice.text, notice.near) == ("We typed here.", "Z1.2 Which strand?")


def test_words_typed_behind_a_question_are_told_without_the_question() -> None:
    found = read_with("How do you know?</w:t>", "How do you know? Ask Ann</w:t>")

    assert told(found) == [("outside", "Ask Ann", "")]


def test_an_answer_of_several_paragraphs_is_read_whole() -> None:
    block = (
        f'<w:sdt><w:sdtPr><w:tag w:val="{TEXT}"/></w:sdtPr><w:sdtContent>'
        "<w:p><w:r><w:t>One</w:t></w:r></w:p><w:p/><w:p><w:pPr><w:numPr/></w:pPr><w:r>"
        "<w:t>Two</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    )
    docx = plant(write(whole()), DOCUMENT, f'<w:tag w:val="{TEXT}"/>', '<w:tag w:val="old"/>')
    found = read(plant(docx, DOCUMENT, "<w:sectPr>", f"{block}<w:sectPr>"), whole())

    assert found.answers[TEXT].text == "One\n\n• Two"
    assert told(found) == [("unknown", "We ask. They tell.", "old")]


def test_a_control_that_was_deleted_is_told() -> None:
    without_tag = plant(write(whole()), DOCUMENT, '<w:tag w:val="Z1.1.c/1"/>', "")
    found = read(plant(without_tag, DOCUMENT, bookmark_of("Z1.1.c/1"), "other"), whole())

    assert ("gone", "", "Z1.1.c/1") in told(found)
    assert "Z1.1.c/1" not in found.answers


def test_a_control_without_its_tag_is_known_by_its_bookmark() -> None:
    found = read_with(f'<w:tag w:val="{TEXT}"/>', "")

    assert found.answers[TEXT].text == "We ask.\nThey tell."
    assert found.notices == ()


def test_a_copied_control_is_told_with_its_words() -> None:
    found = read_with("<w:sectPr>", f"{pasted_control(TEXT, 'Other')}<w:sectPr>")

    assert found.answers[TEXT].text == "We ask.\nThey tell."
    assert told(found) == [("twice", "Other", TEXT)]


def test_a_control_we_do_not_know_is_told_with_its_words() -> None:
    found = read_with("<w:sectPr>", f"{pasted_control('S09.9', 'Words')}<w:sectPr>")

    assert told(found) == [("unknown", "Words", "S09.9")]


def test_pasted_word_markup_gives_its_words_and_says_that_its_look_is_lost() -> None:
    pasted = (
        "<w:r><w:rPr><w:b/></w:rPr><w:t>Bold</w:t></w:r>"
        '<w:hyperlink w:anchor="x"><w:r><w:t> link</w:t></w:r></w:hyperlink>'
    )
    found = read_with(f"<w:r>{SAID}", f"{pasted}<w:r>{SAID}")

    assert found.answers[TEXT].text == "Bold linkWe ask.\nThey tell."
    assert told(found) == [("look", "", TEXT)]


def test_tracked_changes_are_read_as_accepted_and_told() -> None:
    change = (
        '<w:ins w:id="901" w:author="Ann"><w:r><w:t>Added. </w:t></w:r></w:ins>'
        '<w:del w:id="902" w:author="Ann"><w:r><w:delText>Gone.</w:delText></w:r></w:del>'
    )
    found = read_with(f"<w:r>{SAID}", f"{change}<w:r>{SAID}")

    assert found.answers[TEXT].text == "Added. We ask.\nThey tell."
    assert told(found) == [("added", "Added. ", TEXT), ("removed", "Gone.", TEXT)]


def test_a_choice_that_is_not_on_the_list_is_kept_as_it_is() -> None:
    found = read_with(
        "Health “visitors”</w:t></w:r></w:sdtContent>", "Midwives</w:t></w:r></w:sdtContent>"
    )

    assert found.answers["S01.2"] == Given("Midwives")
    assert told(found) == [("list", "Midwives", "S01.2")]


def test_comments_and_margins_are_told() -> None:
    said = "<w:p><w:r><w:t>Ask Bo</w:t></w:r></w:p>"
    comment = f'<w:comments {W}><w:comment w:id="1" w:author="Ann">{said}</w:comment></w:comments>'
    margin = f"<w:hdr {W}><w:p><w:r><w:t>Draft of May</w:t></w:r></w:p></w:hdr>"
    docx = with_parts(
        write(whole()), word__comments=comment.encode(), word__header9=margin.encode()
    )

    found = read(docx, whole()).notices
    assert [(one.kind, one.text, one.author) for one in found] == [
        ("comment", "Ask Bo", "Ann"),
        ("outside", "Draft of May", ""),
    ]


@pytest.mark.parametrize(("typed", "is_ticked"), [("☒", True), ("x", True), ("☐", False)])
def test_boxes_are_read_by_what_they_show(typed: str, *, is_ticked: bool) -> None:
    found = read_with('<w:t xml:space="preserve">☐</w:t>', f"<w:t>{typed}</w:t>")

    assert ("health" in found.answers["S01.1"].chosen) is is_ticked
