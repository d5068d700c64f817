"""Every question on paper: a tagged PDF, the same each time, whatever people have typed."""

import datetime as dt
import io
import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from sqlalchemy.orm import Session

from surveyapp.definitions import questionnaire
from surveyapp.definitions.questionnaire import Questionnaire, parts
from surveyapp.models import Person, Submission, Survey
from surveyapp.wordform import printed, typesetting
from tests.surveyapp.browsing import CheckingClient
from tests.surveyapp.building import NOON, somebody
from tests.surveyapp.respond.filling import address

ROOT = Path(__file__).parents[3]
DAY = dt.date(2015, 6, 1)
MARKUP = '#panic("no") $x^2$ *bold* _slant_ `raw` \\ @ref <label> = head // gone /* too */ [b] ~ --'


@pytest.fixture(scope="module")
def early_help() -> Questionnaire:
    file = ROOT / "questionnaires" / "early_help" / "questionnaire.toml"
    return questionnaire.parse(file.read_bytes())


def set_in_type(asked: Questionnaire, title: str = "Early help 2015") -> bytes:
    return typesetting.typeset("questions.typ", printed.printed(asked, title, DAY), DAY)


def read(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf), strict=True)


def words(pdf: bytes) -> str:
    """The words of every page, spaces as they come, between the page numbers."""
    return " ".join(" ".join(page.extract_text() for page in read(pdf).pages).split())


def one_question(text: str, **more: str) -> Questionnaire:
    asked = {"code": "S01.1", "type": "long", "text": text, **more}
    section = {"code": "S01", "title": text, "guidance": text, "questions": [asked]}
    return Questionnaire.model_validate({"code": "t", "title": text, "sections": [section]})


def solid(text: str) -> str:
    """The letters alone: a line may break anywhere, and right-to-left text comes in any order."""
    return "".join(text.split())


def test_it_is_tagged_titled_and_in_english(early_help: Questionnaire) -> None:
    reader = read(set_in_type(early_help))
    root = reader.trailer["/Root"]

    assert root["/MarkInfo"]["/Marked"]
    assert root["/StructTreeRoot"]["/K"]
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata is not None
    assert reader.metadata.title == early_help.title
    assert "<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data().decode()


def test_all_questions_and_their_choices_are_there(early_help: Questionnaire) -> None:
    said = solid(words(set_in_type(early_help)))

    assert len(early_help.questions) == 75
    for question in early_help.questions:
        assert solid(f"{question.code} {question.text}") in said
        for part in parts(question):
            assert solid(part.text) in said
        for choice in getattr(question, "choices", ()):
            assert solid(choice.text) in said
        assert solid(question.hint) in said


def test_pages_say_which_of_how_many(early_help: Questionnaire) -> None:
    reader = read(set_in_type(early_help))
    count = len(reader.pages)

    assert reader.page_labels == [str(number + 1) for number in range(count)]
    for number, page in enumerate(reader.pages, start=1):
        assert f"Page {number} of {count}" in page.extract_text()
        assert "Early help 2015" in page.extract_text()


def test_every_section_is_in_the_contents_and_the_outline(early_help: Questionnaire) -> None:
    reader = read(set_in_type(early_help))
    contents = reader.pages[1].extract_text()
    outline = [one.title for one in reader.outline if not isinstance(one, list)]

    assert outline == [section.title for section in early_help.sections]
    assert all(section.title in contents for section in early_help.sections)


def test_it_says_what_is_required_limited_and_depends(tiny_paper: str) -> None:
    assert "This question must be answered." in tiny_paper
    assert "Up to 300 words." in tiny_paper
    assert "Answer this only if S01.1 has an answer." in tiny_paper
    assert "How may we use the words in this section?" in tiny_paper


def test_a_number_has_its_line_with_its_unit_before_the_period() -> None:
    asked = {
        "code": "S01.1",
        "type": "number",
        "text": "How long?",
        "unit": "days",
        "period": "Last full financial year",
    }
    section = {"code": "S01", "title": "One", "questions": [asked]}
    found = Questionnaire.model_validate({"code": "t", "title": "T", "sections": [section]})

    said = words(set_in_type(found))

    order = [said.index(one) for one in ("Last full", "Number", "days", "another period")]
    assert order == sorted(order)


def test_lines_under_choices_say_what_they_are_for(early_help: Questionnaire) -> None:
    kinds = ("maturity", "single", "multiple")
    asked = [part for one in early_help.questions for part in (one, *parts(one))]
    said = words(set_in_type(early_help))

    assert said.split().count("Notes") == sum(one.type in kinds for one in asked)


def test_a_section_begins_where_there_is_room(early_help: Questionnaire) -> None:
    pages = [page.extract_text() for page in read(set_in_type(early_help)).pages]

    assert len(pages) < 40


@pytest.fixture
def tiny_paper() -> str:
    questions = [
        {"code": "S01.1", "type": "long", "text": "Why?", "required": True, "words": 300},
        {
            "code": "S01.2",
            "type": "short",
            "text": "Since when?",
            "show_if": {"question": "S01.1", "answered": True},
        },
    ]
    section = {"code": "S01", "title": "One", "use_level": True, "questions": questions}
    asked = {"code": "t", "title": "Tiny", "sections": [section]}
    return words(set_in_type(Questionnaire.model_validate(asked)))


def test_the_same_questions_give_the_same_bytes(early_help: Questionnaire) -> None:
    assert set_in_type(early_help) == set_in_type(early_help)


@pytest.mark.parametrize("text", [MARKUP, "£ – “ ” ’ é ŵ Ł ½ €", "שלום", "a" * 500])
def test_words_are_printed_as_they_are(text: str) -> None:
    said = words(set_in_type(one_question(text, hint=text), title=text))

    assert set(solid(text)) <= set(said)
    if unicodedata.bidirectional(text[0]) != "R":
        assert solid(text) in solid(said)


@pytest.mark.parametrize(
    ("text", "instead"),
    [
        ("Well done 😀", "[grinning face]"),
        ("a\x07b", "ab"),
        ("中", "□"),
        ("👩\u200d👧\ufe0f", "[woman]"),
    ],
)
def test_letters_that_cannot_be_drawn_have_a_stand_in(text: str, instead: str) -> None:
    assert instead in words(set_in_type(one_question(text)))


@settings(deadline=None, max_examples=50)
@given(st.text(min_size=1, max_size=40))
def test_no_text_stops_the_press(text: str) -> None:
    assert read(set_in_type(one_question(f"Why? {text}"))).pages


@pytest.mark.parametrize(
    "reach",
    ['#read("../secret.txt")', '#read("/../secret.txt")', '#read("/etc/hostname")'],
)
def test_a_template_reaches_no_file_outside_its_folder(reach: str, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret", "utf-8")
    template = tmp_path / "papers" / "reaching.typ"
    template.parent.mkdir()
    template.write_text(f'#set document(title: "T")\n{reach}', "utf-8")

    with pytest.raises(RuntimeError, match=r"not found|outside|denied|escape"):
        typesetting.compile_template(template, {})


def test_the_templates_bring_in_no_packages() -> None:
    templates = list(typesetting.TEMPLATES.glob("*.typ"))

    assert templates
    for template in templates:
        assert not re.search(r"#(import|include)|@preview|read\(", template.read_text("utf-8"))


@pytest.fixture
def birch_client(client: CheckingClient, session: Session, birch: Submission) -> CheckingClient:
    for one in birch.contributors:
        one.agreed_at = NOON
    session.commit()
    client.sign_in(somebody(session))
    return client


def test_a_contributor_downloads_it(birch_client: CheckingClient, birch: Submission) -> None:
    response = birch_client.get(address(birch, "questions.pdf"))

    assert response.mimetype == "application/pdf"
    assert response.headers["Content-Disposition"].startswith("attachment")
    said = words(response.data)
    assert birch.survey.title in said
    assert "S01.2" in said


def test_the_consultant_downloads_it(
    client: CheckingClient, session: Session, survey: Survey
) -> None:
    consultant = Person(email="con@tarn.example", name="Con", staff_role="consultant")
    session.add(consultant)
    session.commit()
    client.sign_in(consultant, strongly=True)

    response = client.get(f"/staff/{survey.code}/questions.pdf")

    assert response.data == printed.pdf(survey.questionnaire, survey.title)
