"""A folder read as one: what a survey is made of, and what is published of it."""

import json

import pytest

from surveyapp.definitions import folder
from surveyapp.definitions.faults import DefinitionError
from surveyapp.definitions.interview import InterviewGuide
from surveyapp.definitions.questionnaire import Questionnaire


def test_a_folder_is_read_as_one(around):
    found = folder.parse(around)

    assert [question.code for question in found.questionnaire.questions] == ["S01.1", "S01.2"]
    assert [prompt.code for prompt in found.guide.prompts] == ["I01"]
    assert [theme.code for theme in found.codebook] == ["S01", "E1"]
    assert found.outline.title == "A tiny review"
    assert [authority.name for authority in found.authorities] == ["Tarnside"]


def test_what_is_asked_is_given_to_the_review(around):
    schedule = folder.parse(around).schedule

    assert [question.code for question in schedule.questions()] == ["S01.1", "S01.2", "I01"]
    assert [question.theme for question in schedule.questions()] == ["S01"] * 3
    assert schedule.scale == ((0, "Not in place"), (1, "Emerging"), (2, "Established"))


def test_what_is_published_can_be_read_back(around):
    examples = "id,text,codes\n1,We have one front door.,S01\n"
    book = around["codebook.toml"].replace('version = "1"', 'version = "1"\nexamples = "e.csv"')
    files = {**around, "codebook.toml": book, "e.csv": examples}

    found = folder.parse(files)

    snapshots = found.snapshots
    assert Questionnaire.rebuild(snapshots["questionnaire"]) == found.questionnaire
    assert InterviewGuide.rebuild(snapshots["interview guide"]) == found.guide
    assert json.loads(snapshots["codebook"]) == {"codebook.toml": book, "e.csv": examples}
    assert json.loads(snapshots["outline"]) == {"review.toml": around["review.toml"]}
    assert found.codebook.examples[0].codes == {"S01"}


def test_a_folder_with_errors_is_refused_with_all_of_them(around):
    files = {**around, "questionnaire.toml": "title = 3", "interview.toml": "title = 3"}

    with pytest.raises(DefinitionError) as caught:
        folder.parse(files)

    assert {fault.file for fault in caught.value.faults} == {"questionnaire.toml", "interview.toml"}
    assert all(fault.severity == "error" for fault in caught.value.faults)


def test_a_folder_with_warnings_is_read(around):
    files = {name: text for name, text in around.items() if name != "authorities.csv"}

    assert folder.parse(files).authorities == ()
