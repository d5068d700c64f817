"""Lines typed on a passage: what they decide, what they leave, and that undo puts all back."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from surveyapp.coding import deciding, progress
from surveyapp.derived import acts, commands
from surveyapp.derived.acts import CannotUndoError, NothingToUndoError
from surveyapp.derived.commands import CommandError
from surveyapp.derived.desks import CodedBlindError
from surveyapp.models import (
    CodedPassage,
    CodingAct,
    Decision,
    Memo,
    Passage,
    Response,
    Sample,
    Survey,
    Tag,
)
from tests.surveyapp.building import NOON
from tests.surveyapp.coding.at_work import (
    WORDS,
    Coder,
    consultant,
    everything,
    lay_all,
    verdicts,
)

SCHOOLS = WORDS.split(". ")[1] + "."


def test_suggestions_are_accepted_turned_down_and_themes_added(
    session: Session, kay: Coder, schools: str
) -> None:
    done = kay.type(schools, "1 -3 +a1")

    assert verdicts(session, schools) == {"E1": "accept", "E2": "", "P2": "reject", "A1": "add"}
    assert done.said == (
        "Accepted: Data (E1). Turned down: Gap (P2). Added: Child abuse and neglect (A1)."
    )
    assert session.scalar(select(func.count()).select_from(CodingAct)) == 1


def test_the_same_number_once_more_leaves_it_open(
    session: Session, kay: Coder, schools: str
) -> None:
    before = everything(session)
    kay.type(schools, "1")
    kay.type(schools, "1")
    assert everything(session) == before
    kay.type(schools, "-2")
    kay.type(schools, "-2")
    assert everything(session) == before


def test_finishing_turns_down_what_was_not_given(
    session: Session, kay: Coder, schools: str
) -> None:
    done = kay.type(schools, "1 .")

    assert done.is_finished
    assert verdicts(session, schools) == {"E1": "accept", "E2": "reject", "P2": "reject"}
    passage = session.get_one(Passage, schools)
    assert passage.coded
    kept = session.scalars(select(CodedPassage)).one()
    assert kept.suggested == {"E1": 0.7, "E2": 0.7, "P2": 0.7}
    assert (kept.words, kept.codebook_id) == (SCHOOLS, kay.survey.codebook_id)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (".", "Turned down with it: Data (E1), Audit (E2), Gap (P2)."),
        ("1 .", "Turned down with it: Audit (E2), Gap (P2). Accepted: Data (E1)."),
        ("1 -2 .", "Turned down with it: Gap (P2). Accepted: Data (E1). Turned down: Audit (E2)."),
        ("* .", "Accepted: Data (E1), Audit (E2), Gap (P2)."),
        ("1", "Accepted: Data (E1)."),
        (
            "e-7 1",
            "Passage drawn. The sentence it came from is finished without it. Turned down with it: "
            "Audit (E2), Gap (P2). Accepted: Data (E1).",
        ),
        ("e-7", ""),
    ],
)
def test_what_goes_with_finishing_is_named(kay: Coder, schools: str, line: str, said: str) -> None:
    assert kay.type(schools, line).said == said


def test_all_at_once(session: Session, kay: Coder, schools: str) -> None:
    kay.type(schools, "-1 *")
    assert verdicts(session, schools) == {"E1": "reject", "E2": "accept", "P2": "accept"}
    with pytest.raises(CommandError, match="No suggestion is open"):
        kay.type(schools, "-*")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("1 4", "Number 4 is not on this passage. The last number is 3."),
        ("1 +zz9", "The codebook has no theme zz9."),
        ("1 -a1", "The passage does not have A1."),
        ("1 =", "Choose other words first"),
        ("1 +e1", "The passage has E1 already."),
    ],
)
def test_a_line_with_a_slip_in_it_does_nothing(
    session: Session, kay: Coder, schools: str, line: str, said: str
) -> None:
    before = everything(session)
    with pytest.raises(CommandError, match=said):
        kay.type(schools, line)
    assert everything(session) == before


@pytest.mark.parametrize(
    "lines",
    [
        ("1 -2 +A1",),
        ("1 .",),
        ("1 .", "2 -1 ."),
        ("+A1", "-A1"),
        ("e-5 1",),
        ("1", "e-5 ="),
        ("1 +A1 e-5 b+1 .",),
    ],
)
def test_undo_puts_everything_back_exactly(
    session: Session, kay: Coder, schools: str, lines: tuple[str, ...]
) -> None:
    states = [everything(session)]
    for line in lines:
        kay.type(schools, line)
        states.append(everything(session))
    for state in reversed(states[:-1]):
        kay.undo()
        assert everything(session) == state
        lay_all(session, kay.survey)
        assert everything(session) == state
    with pytest.raises(NothingToUndoError):
        kay.undo()


def test_an_act_keeps_no_words(session: Session, kay: Coder, schools: str) -> None:
    kay.type(schools, "1 +A1 .")
    act = session.scalars(select(CodingAct)).one()
    assert "Schools" not in str(act.before) + str(act.after)


def test_undo_is_refused_where_another_coder_decided_differently_since(
    session: Session, kay: Coder, schools: str
) -> None:
    kay.type(schools, "1")
    lee = Coder(session, kay.survey, consultant(session, "Lee Other"), kay.at)
    lee.type(schools, "-1")
    before = everything(session)
    with pytest.raises(CannotUndoError, match="Lee Other has decided differently on E1"):
        kay.undo()
    assert everything(session) == before


def test_undo_is_refused_where_the_words_have_changed(
    session: Session, kay: Coder, schools: str
) -> None:
    kay.type(schools, "1")
    kay.type(schools, "1")
    text = session.scalars(select(Response).where(Response.text == WORDS)).one()
    text.text = text.text.replace("Schools", "Schemes")
    session.flush()
    with pytest.raises(CannotUndoError, match="words have changed"):
        kay.undo()


def test_one_coders_undo_leaves_the_others_decision(
    session: Session, kay: Coder, schools: str
) -> None:
    kay.type(schools, "1")
    lee = Coder(session, kay.survey, consultant(session, "Lee Other"), kay.at)
    lee.type(schools, "+A1")
    kay.undo()
    assert verdicts(session, schools) == {"E1": "", "E2": "", "P2": "", "A1": "add"}


def test_what_another_coder_gave_is_overruled_and_not_left_open(
    session: Session, kay: Coder, schools: str
) -> None:
    kay.type(schools, "1 +A1")
    lee = Coder(session, kay.survey, consultant(session, "Lee Other"), kay.at)
    with pytest.raises(CommandError, match="Another coder decided on E1"):
        lee.type(schools, "1")
    lee.type(schools, "-1 -A1")
    assert verdicts(session, schools) == {"E1": "reject", "E2": "", "P2": ""}


def test_other_words_become_a_passage_with_the_themes_given(
    session: Session, kay: Coder, schools: str
) -> None:
    kay.type(schools, "1")
    moved = kay.type(schools, "e-7")
    assert moved.words == (27, 56)
    assert verdicts(session, schools)["E1"] == "accept"

    drawn = kay.type(schools, "=", moved.words)

    passage = session.get_one(Passage, drawn.key)
    assert (passage.words, passage.drawn) == ("Schools ring us with figures,", True)
    assert verdicts(session, drawn.key) == {"E1": "add"}
    assert passage.coded
    # The sentence is finished without it: the same words do not stand twice under a theme.
    assert verdicts(session, schools) == {"E1": "reject", "E2": "reject", "P2": "reject"}
    assert session.get_one(Passage, schools).coded


def counted(session: Session, theme: str) -> int:
    """Count the passages that stand under a theme, as the matrix and its evidence do."""
    asked = select(func.count()).select_from(Tag)
    return session.scalar(asked.where(Tag.theme == theme, Tag.verdict != "reject")) or 0


@pytest.mark.parametrize("line", ["e-7 +E1", "e-7 1", "es+1 1", "bs-1 1"])
def test_a_stretch_and_its_sentence_count_once(
    session: Session, kay: Coder, schools: str, line: str
) -> None:
    before, state = progress.progress(session, kay.survey, {}), everything(session)
    assert counted(session, "E1") == 1

    kay.type(schools, line)

    assert counted(session, "E1") == 1
    now = progress.progress(session, kay.survey, {})
    assert (now.left, now.count) == (before.left - 1, before.count + 1)
    laid = everything(session)
    lay_all(session, kay.survey)
    assert everything(session) == laid
    kay.undo()
    assert everything(session) == state


def test_a_stretch_takes_its_themes_from_every_sentence_within_it(
    session: Session, kay: Coder, schools: str
) -> None:
    """The sentence before carries the theme by itself; of the stretch of both it counts once."""
    first = next(one for one in kay.see(schools).beside if one.start == 0)
    kay.type(first.key, "+E1")
    kay.type(schools, "bs-1 1")
    assert "E1" not in verdicts(session, first.key)
    assert not session.get_one(Passage, first.key).coded
    assert counted(session, "E1") == 1


def test_words_elsewhere_leave_the_passage_alone(
    session: Session, kay: Coder, schools: str
) -> None:
    kay.type(schools, "1")
    with pytest.raises(CommandError, match="Give the words you chose a theme"):
        kay.type(schools, "=", (0, 9))
    drawn = kay.type(schools, "+A1", (0, 9))
    assert verdicts(session, drawn.key) == {"A1": "add"}
    assert verdicts(session, schools) == {"E1": "accept", "E2": "", "P2": ""}
    assert not session.get_one(Passage, schools).coded


def test_the_stretch_teaches_and_not_the_sentence_without_it(
    session: Session, kay: Coder, schools: str
) -> None:
    """Of several verdicts on words that touch the last holds, and that is the stretch’s."""
    kay.type(schools, "e-7 1")
    made = select(Decision.verdict, Decision.made_at).where(Decision.theme == "E1")
    at = {row.verdict: row.made_at for row in session.execute(made)}
    assert at["reject"] < at["add"]


def test_all_are_accepted_and_finished_where_none_is_open(
    session: Session, kay: Coder, schools: str
) -> None:
    kay.type(schools, "-1 -2 -3")
    assert kay.type(schools, "* .").is_finished
    assert session.get_one(Passage, schools).coded


def test_finishing_once_more_is_no_act(session: Session, kay: Coder, schools: str) -> None:
    kay.type(schools, "1 .")
    kay.type(schools, ".")
    assert session.scalar(select(func.count()).select_from(CodingAct)) == 1


def test_finishing_the_sentence_leaves_what_was_drawn_in_it(
    session: Session, kay: Coder, schools: str
) -> None:
    drawn = kay.type(schools, "e-7 +E1 .")
    kay.type(schools, "3")
    assert verdicts(session, drawn.key) == {"E1": "add"}
    assert verdicts(session, schools) == {"E1": "reject", "E2": "reject", "P2": "accept"}
    before = everything(session)
    lay_all(session, kay.survey)
    assert everything(session) == before


def test_words_need_a_theme_before_they_are_a_passage(kay: Coder, schools: str) -> None:
    with pytest.raises(CommandError, match="Give the words you chose a theme"):
        kay.type(schools, "e-7 .")


def test_a_drawn_passage_is_drawn_otherwise(session: Session, kay: Coder, schools: str) -> None:
    first = kay.type(schools, "e-7 +E1 +A1 .")
    second = kay.type(first.key, "e+1 -A1 =")
    assert session.get(Passage, first.key) is None
    assert verdicts(session, second.key) == {"E1": "add"}
    assert session.get_one(Passage, second.key).coded
    assert verdicts(session, schools) == {"E1": "reject", "E2": "reject", "P2": "reject"}
    given = select(func.count()).select_from(Decision).where(Decision.verdict == "add")
    assert session.scalar(given) == 1


def test_ends_move_by_sentences(kay: Coder, schools: str) -> None:
    assert kay.type(schools, "bs-1 es+1").words == (0, len(WORDS))
    with pytest.raises(CommandError, match="cannot go further"):
        kay.type(schools, "es+1 es+1")


def test_numbers_are_those_that_the_coder_saw(session: Session, kay: Coder, schools: str) -> None:
    """Suggestions may have been made afresh since the page was shown."""
    shown = kay.see(schools)
    sheet = deciding.lay_out(session, kay.survey, kay.person.id, shown, ["P2", "E1"])
    deciding.carry_out(session, kay.survey, kay.hand(), sheet, commands.parse("1"))
    assert verdicts(session, schools) == {"E1": "", "E2": "", "P2": "accept"}


def test_a_memo_is_kept_on_the_passage(session: Session, kay: Coder, schools: str) -> None:
    done = kay.type(schools, "1 m ask which audit")
    memo = session.scalars(select(Memo)).one()
    assert (memo.about, memo.subject, memo.text) == ("passage", schools, "ask which audit")
    assert done.said.endswith("Memo kept.")


def test_acts_are_undone_one_after_the_other(session: Session, kay: Coder, schools: str) -> None:
    kay.type(schools, "1")
    kay.type(schools, "2")
    kay.undo()
    assert verdicts(session, schools) == {"E1": "accept", "E2": "", "P2": ""}
    last = acts.last(session, kay.survey, kay.person.id)
    assert last is not None
    assert acts.how_many(last) == 1
    kay.undo()
    assert verdicts(session, schools) == {"E1": "", "E2": "", "P2": ""}


def test_whoever_coded_words_blind_does_not_code_them_for_the_review(
    session: Session, survey: Survey, kay: Coder, schools: str
) -> None:
    passage = session.get_one(Passage, schools)
    sample = Sample(survey=survey, coder=kay.person, drawn_by=kay.person, drawn_at=NOON, seed=1)
    sample.authorities = [passage.authority_code]
    blind = Decision(survey=survey, theme="E1", words=passage.words, verdict="add", sample=sample)
    blind.response, blind.start, blind.end = passage.response, passage.start, passage.end
    blind.coder, blind.codebook, blind.made_at = kay.person, survey.codebook, NOON
    session.add_all([sample, blind])
    session.commit()

    with pytest.raises(CodedBlindError):
        kay.type(schools, "1")

    session.expire_all()
    assert verdicts(session, schools)["E1"] == ""
    assert session.scalars(select(Decision)).one().sample_id == sample.id
