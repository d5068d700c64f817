"""The form as Word gets it: every answer a control, to the schemas, the same bytes each time."""

import html
import re
from pathlib import Path

import pytest

from synthesis.word import check
from synthesis.word.form import Field, Form, read, reference, write
from tests.synthesis.word.form.forms import OPTIONS, document, form_of, whole
from tests.synthesis.word.test_word_schema import faults


@pytest.mark.parametrize("form", [whole(), form_of()], ids=["whole", "empty"])
def test_a_form_keeps_to_the_schemas_and_to_our_rules(form: Form, tmp_path: Path) -> None:
    docx = write(form)

    assert faults(docx, tmp_path) == []
    assert check(docx) == []


def test_the_same_form_is_the_same_bytes() -> None:
    assert write(whole()) == write(whole())


def test_every_answer_has_a_control_with_its_tag_and_a_name() -> None:
    xml = document(write(whole()))

    tags = re.findall(r'<w:tag w:val="([^"]+)"', xml)
    assert tags == [
        *("S01.1=school", "S01.1=health", "S01.2", "S01.3"),
        *("Z1.1.a/1", "Z1.1.b/1", "Z1.1.c/1"),
    ]
    assert len(re.findall(r'<w:alias w:val="[^"]+"', xml)) == len(tags)
    assert len(set(re.findall(r'<w:id w:val="(\d+)"', xml))) == len(tags)


def test_the_reference_travels_in_the_file() -> None:
    assert reference(write(whole())) == whole().reference
    assert reference(write(Form("T", "", "v", "a"))) == ""


def test_long_tags_and_options_are_shortened_for_word_and_known_again(tmp_path: Path) -> None:
    options = tuple(one.__class__(one.code * 40, one.text * 40) for one in OPTIONS)
    chosen = (options[1].code,)
    form = form_of(
        Field("t" * 90, "a " * 90, "line", text="here"),
        Field("c" * 90, "Long", "choice", options=options, chosen=chosen),
        Field("d" * 90, "Long", "choices", options=options, chosen=chosen),
    )
    docx = write(form)

    assert faults(docx, tmp_path) == []
    names = re.findall(r'<w:(?:tag|alias) w:val="([^"]+)"', document(docx))
    assert max(len(html.unescape(name)) for name in names) <= 64
    found = read(docx, form).answers
    assert found["t" * 90].text == "here"
    assert found["c" * 90].chosen == found["d" * 90].chosen == chosen
