"""The questionnaire: read, indexed, frozen, and kept as a snapshot that can be rebuilt."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from surveyapp.definitions import interview, questionnaire
from surveyapp.definitions.faults import DefinitionError
from surveyapp.definitions.interview import InterviewGuide
from surveyapp.definitions.questionnaire import Questionnaire, parts
from surveyapp.definitions.questions import is_repeated
from surveyapp.definitions.snapshots import canonical, content_hash

ROOT = Path(__file__).parents[3]
SOUND = sorted(
    [
        *(ROOT / "tests/questionnaires/types").glob("*.toml"),
        *(ROOT / "tests/questionnaires/operators").glob("*.toml"),
        *ROOT.glob("questionnaires/*/questionnaire.toml"),
    ]
)
GUIDES = sorted(ROOT.glob("questionnaires/*/interview.toml"))

words = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=8)
numbers = st.integers(-1000, 1000) | st.floats(-1000, 1000)
shared = {"hint": words, "required": st.booleans(), "theme": st.just("S01")}
options = st.lists(
    st.fixed_dictionaries({"code": words, "text": words}), max_size=3, unique_by=lambda o: o["code"]
)


def of_type(names, **settings):
    return st.fixed_dictionaries(
        {"code": words, "text": words, "type": st.sampled_from(names)}, optional=shared | settings
    )


simple = st.one_of(
    of_type(["maturity", "date"]),
    of_type(["single", "multiple"], options=options, other=words),
    of_type(["number"], unit=words, minimum=numbers, maximum=numbers, decimals=st.integers(0, 3)),
    of_type(["short", "long"], words=st.integers(1, 500)),
    of_type(["document"], kinds=st.lists(words, max_size=3), multiple_entries=st.booleans()),
    of_type(["contact"], multiple_entries=st.booleans()),
)
routed = simple.flatmap(
    lambda question: st.sampled_from(
        [
            question,
            question | {"show_if": {"question": "S01.1", "at_least": 2}},
            question | {"show_if": {"not": {"any": [{"question": "S01.1", "answered": False}]}}},
        ]
    )
)
questions = routed | of_type(["group"], questions=st.lists(routed, max_size=3))
questionnaires = st.fixed_dictionaries(
    {
        "code": words,
        "title": words,
        "sections": st.lists(
            st.fixed_dictionaries(
                {"code": words, "title": words, "questions": st.lists(questions, max_size=4)},
                optional={"use_level": st.booleans(), "layout": st.sampled_from(["question"])},
            ),
            max_size=3,
        ),
    },
    optional={
        "scales": st.fixed_dictionaries(
            {
                "maturity": st.dictionaries(
                    st.integers(0, 12).map(str),
                    words | st.fixed_dictionaries({"label": words, "help": words}),
                    max_size=4,
                )
            }
        )
    },
)


@given(questionnaires)
def test_a_snapshot_is_rebuilt_as_it_was(raw):
    asked = Questionnaire.model_validate(raw)

    rebuilt = Questionnaire.rebuild(asked.canonical())

    assert rebuilt == asked
    assert rebuilt.canonical() == asked.canonical()
    assert rebuilt.content_hash() == asked.content_hash()


@given(questionnaires, questionnaires)
def test_what_differs_has_another_hash(one, other):
    one, other = Questionnaire.model_validate(one), Questionnaire.model_validate(other)

    assert (one == other) is (one.content_hash() == other.content_hash())


@pytest.mark.parametrize("path", SOUND, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_every_sound_questionnaire_is_rebuilt_as_it_was(path):
    asked = questionnaire.parse(path.read_bytes())

    assert Questionnaire.rebuild(asked.canonical()) == asked


@pytest.mark.parametrize("path", GUIDES, ids=lambda path: path.parent.name)
def test_every_guide_is_rebuilt_as_it_was(path):
    guide = interview.parse(path.read_bytes())

    assert InterviewGuide.rebuild(guide.canonical()) == guide
    assert len(guide.content_hash()) == 64


def test_a_snapshot_is_written_one_way():
    assert canonical({"b": [1, 2.5], "a": "Café"}) == '{"a":"Café","b":[1,2.5]}'
    assert content_hash("{}") == "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"


def test_what_is_left_at_its_default_is_not_part_of_a_snapshot(tiny):
    text = (ROOT / "tests/questionnaires/types/date.toml").read_text("utf-8")
    spelt_out = questionnaire.parse(text + 'required = false\nhint = ""\n')

    assert spelt_out.content_hash() == tiny("types/date").content_hash()
    assert "required" not in spelt_out.canonical()


def test_a_snapshot_reads_like_the_file_it_was_made_from(tiny):
    plain = json.loads(tiny("operators/not").canonical())

    (section,) = plain["sections"]
    assert section["questions"][1]["show_if"] == {
        "not": {"question": "S01.1", "includes": "school"}
    }


def test_a_snapshot_keeps_the_scale_as_a_table(tiny):
    plain = json.loads(tiny("types/maturity").canonical())

    assert plain["scales"]["maturity"]["1"] == {
        "label": "Emerging",
        "help": "It depends on who is asked.",
    }


def test_a_questionnaire_cannot_change(tiny):
    with pytest.raises(ValidationError):
        tiny("types/date").questions[0].text = "Another question?"


def test_a_damaged_snapshot_is_refused(tiny):
    damaged = tiny("types/date").canonical().replace('"type":"date"', '"type":"likert"')

    with pytest.raises(ValidationError):
        Questionnaire.rebuild(damaged)


def test_the_scale_is_in_order_whatever_the_order_of_its_points(tiny):
    text = (
        'code = "t"\ntitle = "T"\n[scales.maturity]\n10 = "Ten"\n2 = "Two"\n0 = { label = "No" }\n'
    )

    scale = questionnaire.parse(text).scale

    assert [(point.value, point.label) for point in scale] == [(0, "No"), (2, "Two"), (10, "Ten")]


def test_questions_and_parts_are_found_by_code(tiny):
    asked = tiny("types/group")
    group = asked.questions[0]

    assert list(asked.by_code) == ["S01.1", "S01.1.a", "S01.1.b", "S01.1.c"]
    assert asked.question("S01.1.b") is parts(group)[1]
    assert asked.group_of("S01.1.b") is group
    assert asked.group_of("S01.1") is None
    assert asked.section("S01.1.b") is asked.section("S01") is asked.sections[0]
    with pytest.raises(KeyError):
        asked.question("S01.9")


def test_a_question_is_about_its_own_theme_its_groups_or_its_sections():
    asked = questionnaire.parse("""
        code = "t"
        title = "T"
        [[sections]]
        code = "S01"
        title = "Needs"
        theme = "S01"
        [[sections.questions]]
        code = "S01.1"
        type = "group"
        text = "An example"
        theme = "S02"
        questions = [
          { code = "S01.1.a", type = "date", text = "When?" },
          { code = "S01.1.b", type = "date", text = "Until when?", theme = "S03" },
        ]
        [[sections.questions]]
        code = "S01.2"
        type = "date"
        text = "When?"
        [[sections]]
        code = "Z1"
        title = "Contacts"
        [[sections.questions]]
        code = "Z1.1"
        type = "contact"
        text = "Who?"
        """)

    assert [asked.theme_of(code) for code in asked.by_code] == ["S02", "S02", "S03", "S01", ""]
    assert asked.themes == {"S01", "S02", "S03"}


def test_some_questions_take_several_entries(tiny):
    repeated = {name: is_repeated(tiny(f"types/{name}").questions[0]) for name in ("group", "date")}

    assert repeated == {"group": True, "date": False}
    assert is_repeated(tiny("types/document").questions[0])
    assert not is_repeated(tiny("types/every_type").question("S01.9"))


def test_something_else_is_the_last_option(tiny):
    choices = tiny("types/single").questions[0].choices

    assert [option.code for option in choices] == ["school", "health", "other"]


def test_every_fault_in_the_shape_of_a_file_is_raised():
    with pytest.raises(DefinitionError) as caught:
        questionnaire.parse('title = 5\nintro = "Hello"\n', "other.toml")

    assert [str(fault) for fault in caught.value.faults] == [
        "other.toml: `code` is missing. Add `code = …`.",
        "other.toml: `title` should be text in quotation marks. Write the setting again.",
        "other.toml: `intro` does not belong here. Take it out, or mend its spelling.",
    ]
    assert str(caught.value).count("\n") == 2
