"""The interviewer's brief: what it finds in the answers, in which order, and what it leaves out."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from surveyapp import example, published
from surveyapp.definitions.conditions import evaluate
from surveyapp.interview import briefing
from surveyapp.interview import services as interviews
from surveyapp.interview.briefing import Brief, PromptSheet, written
from surveyapp.interview.services import Call, Consent, Said
from surveyapp.models import Interview, Submission, Summary
from tests.surveyapp.building import NOON, queries, save, somebody, submission_of
from tests.surveyapp.interview.calls import call_with
from tests.surveyapp.rounds import REASON, next_round, reopen, submit

EARLY_HELP = Path(__file__).parents[4] / "questionnaires" / "early_help"


@pytest.fixture
def call(session: Session, birch: Submission) -> Interview:
    return call_with(session, birch)


@pytest.fixture
def region(session: Session) -> list[Interview]:
    """A call with Dunmere, which has begun half of its sections, and one with Northcray."""
    read = example.read(EARLY_HELP)
    kept = [one for one in read.authorities if one.authority in ("X06000003", "X06000010")]
    example.load(session, replace(read, authorities=tuple(kept)), lambda _: None)
    iris = somebody(session, "Ruth Adeyinka")
    about = [submission_of(session, name) for name in ("Dunmere", "Northcray")]
    return [
        interviews.record_interview(session, one, Call(iris, "Ann", "Head", NOON.date()))
        for one in about
    ]


def brief(session: Session, call: Interview) -> Brief:
    return briefing.make(session, call)


def sheet(session: Session, call: Interview, code: str = "I01") -> PromptSheet:
    return next(one for one in briefing.prompts(session, call) if one.prompt.code == code)


def test_a_prompt_shows_what_was_written_gaps_first(session: Session, call: Interview) -> None:
    found = sheet(session, call)

    # "Don't know" leaves S01.2 undetermined: it is not asked.
    assert [(one.code, one.state) for one in found.written] == [
        ("S01.4", "not answered"),
        ("S01.5", "not answered"),
        ("S01.1", "don't know"),
        ("S01.3", "answered"),
    ]
    assert found.answered[0].words == ("Health visitors",)
    assert found.answered[0].author == "Cy Birch"
    assert found.minutes == 5
    assert sheet(session, call, "I02").written == ()


@pytest.mark.parametrize(("rating", "fired"), [(0, True), (1, True), (2, False), (None, False)])
def test_a_probe_is_fired_by_what_was_answered(
    session: Session, call: Interview, rating: int | None, *, fired: bool
) -> None:
    value = {"missing": "don't know"} if rating is None else {"rating": rating}
    save(session, call.submission, "S01.1", value, seen=1)

    assert [one.code for one in sheet(session, call).fired] == (["I01.a"] if fired else [])


def test_an_answer_that_no_longer_counts_is_not_shown(session: Session, call: Interview) -> None:
    save(session, call.submission, "S01.1", {"rating": 3}, seen=1)
    save(session, call.submission, "S01.2", {"text": "We count."})
    assert "S01.2" in [one.code for one in sheet(session, call).answered]

    save(session, call.submission, "S01.1", {"rating": 1}, seen=2)

    assert "S01.2" not in [one.code for one in sheet(session, call).written]


def test_gaps_name_sections_that_were_not_begun(session: Session, call: Interview) -> None:
    gaps = {gap.section.code: gap for gap in brief(session, call).noticed.gaps}

    assert [gap.section.code for gap in brief(session, call).noticed.gaps] == ["A1", "Z1", "S01"]
    assert not gaps["A1"].is_begun
    assert [one.code for one in gaps["S01"].unanswered] == ["S01.4", "S01.5"]
    assert [one.code for one in gaps["S01"].unknown] == ["S01.1"]


def test_parts_left_blank_in_an_entry_are_gaps(session: Session, call: Interview) -> None:
    save(session, call.submission, "Z1.1.a", {"text": "Walk-in hour"}, entry_id="e1")

    gap = next(one for one in brief(session, call).noticed.gaps if one.section.code == "Z1")

    (entry,) = gap.entries
    assert entry.name == "Walk-in hour"
    assert [part.code for part in entry.parts] == ["Z1.1.b", "Z1.1.c", "Z1.1.f", "Z1.1.i"]


def test_a_low_rating_comes_with_what_was_said_beside_it(session: Session, call: Interview) -> None:
    save(session, call.submission, "S01.1", {"rating": 1}, seen=1)
    said = {"options": ["other"], "other": "Neighbours, mostly."}
    save(session, call.submission, "S01.3", said, seen=1)

    (low,) = brief(session, call).noticed.low

    assert low.words == "1 (Emerging)"
    assert [(one.code, one.words, one.is_whole) for one in low.beside] == [
        ("S01.3", "Neighbours, mostly.", True)
    ]


def test_two_and_more_is_not_low(session: Session, call: Interview) -> None:
    save(session, call.submission, "S01.1", {"rating": 2}, seen=1)

    assert brief(session, call).noticed.low == ()


@pytest.mark.parametrize(
    ("rating", "shown", "kind"),
    [
        (3, "", "no evidence"),
        (4, "Everybody says so.", "no figures"),
        (4, "We count 412 calls.", None),
        (2, "", None),
    ],
)
def test_a_high_rating_needs_something_to_show_for_it(
    session: Session, call: Interview, rating: int, shown: str, kind: str | None
) -> None:
    save(session, call.submission, "S01.1", {"rating": rating}, seen=1)
    if shown:
        save(session, call.submission, "S01.2", {"text": shown})

    found = brief(session, call).noticed.claims

    assert [one.kind for one in found] == ([kind] if kind else [])
    assert all(one.evidence[0].code == "S01.2" for one in found)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("It is early days. Families tell us that things have improved.", True),
        ("Families tell us that things have improved: 40 of 50.", False),
        ("Has it improved?", False),
        ("Families come in on Mondays.", False),
    ],
)
def test_an_effect_without_a_figure_is_a_claim(
    session: Session, call: Interview, words: str, *, found: bool
) -> None:
    save(session, call.submission, "Z1.1.c", {"text": words}, entry_id="e1")

    claims = brief(session, call).noticed.claims

    assert [one.excerpt.words for one in claims if one.excerpt] == (
        ["Families tell us that things have improved."] if found else []
    )


def test_documents_without_a_file_or_link_were_promised(session: Session, call: Interview) -> None:
    save(session, call.submission, "S01.5", {"title": "Thresholds"}, entry_id="e1")
    there = {"title": "Form", "url": "https://birch.example/form"}
    save(session, call.submission, "S01.5", there, entry_id="e2")
    text = {"text": "Busy. We will send our audit report."}
    save(session, call.submission, "Z1.1.c", text, entry_id="e3")

    listed, named = brief(session, call).noticed.papers

    assert listed.title == "Thresholds"
    assert named.excerpt is not None
    assert named.excerpt.words == "We will send our audit report."


def test_the_five_things_most_worth_asking_say_why(
    session: Session, region: list[Interview]
) -> None:
    dunmere, northcray = (brief(session, call) for call in region)

    assert [one.prompt.code for one in northcray.start] == ["I08", "I03", "I06", "I10", "I14"]
    assert northcray.start[0].ask.startswith("You rate information sharing highly.")
    assert northcray.start[0].why == (
        "S08.3 is rated 3 (Established), but “What shows that information is shared as you have "
        "rated it?” (S08.4) is not answered.",
    )
    assert len(dunmere.start) == 5
    assert dunmere.start[0].prompt.code == "I14"
    assert "Nothing is written on" in dunmere.start[0].why[0]


def test_probes_are_fired_exactly_where_their_conditions_hold(
    session: Session, region: list[Interview]
) -> None:
    for call in region:
        told = written.read(session, call.submission)
        expected = {
            probe.code
            for prompt in published.guide(call.guide).prompts
            for probe in prompt.probes
            if probe.when is not None and evaluate(probe.when, told.counted) is True
        }
        sheets = briefing.prompts(session, call)

        assert {probe.code for one in sheets for probe in one.fired} == expected
        assert expected
    # S02.4 is "not applicable": that is no figure. S06.2 is rated 1. S13.3 was left blank.
    fired = {probe.code for one in briefing.prompts(session, region[0]) for probe in one.fired}
    assert {"I02.d", "I06.b"} <= fired
    assert not {"I13.f", "I06.d", "I01.c"} & fired


def test_a_prompt_on_seven_harms_shows_all_seven(session: Session, region: list[Interview]) -> None:
    made = brief(session, region[1])
    found = next(one for one in made.sheets if one.prompt.code == "I14")

    assert [one.code for one in found.sections] == [f"A{number}" for number in range(1, 8)]
    assert made.elsewhere == ()
    assert made.minutes == 45
    shown = [one.code for prompt in made.sheets for one in prompt.written]
    assert sorted(shown) == sorted(written.read(session, region[1].submission).written)


def test_answers_that_no_prompt_is_about_are_not_lost(session: Session, call: Interview) -> None:
    assert [one.code for one in brief(session, call).elsewhere] == ["A1.1", "Z1.1", "Z1.2"]


def test_the_last_round_is_set_beside_this_one(session: Session, birch: Submission) -> None:
    alder = submission_of(session, "Alder")
    spoken = call_with(session, alder)
    iris = spoken.interviewer
    interviews.record_consent(session, spoken, Consent(notes=True, quotes=True), iris, NOON)
    said = interviews.add_note(session, spoken, Said("Fine."), iris, NOON)
    said.confirmed_version = said.version
    session.add(
        Summary(
            survey=alder.survey,
            authority_code=alder.authority_code,
            theme="S01",
            text="One door.",
            rests_on="x",
            author=iris,
            updated_at=NOON,
        )
    )
    now = next_round(session, alder.authority)
    save(session, now, "S01.1", {"rating": 1})

    made = brief(session, call_with(session, now))

    (former,) = made.noticed.last_round
    (move,) = former.moves
    assert (move.then, move.now, move.change) == (
        "3 (Established)",
        "1 (Emerging)",
        "Down by 2 points",
    )
    # The example's own call, and ours.
    assert (former.spoken.calls, former.spoken.notes, former.spoken.confirmed) == (2, 3, 1)
    assert [one.text for one in former.summaries] == ["One door."]
    assert "was 3 (Established) last time" in made.start[0].why[0]


def test_a_predecessor_keeps_to_itself_what_it_withheld(
    session: Session, birch: Submission
) -> None:
    alder = submission_of(session, "Alder")
    state = next(one for one in alder.sections if one.section_code == "S01")
    state.use_level = "withheld"
    theirs = Summary(
        survey=alder.survey,
        authority_code=alder.authority_code,
        theme="S01",
        text="One door.",
        rests_on="x",
        author=somebody(session),
        updated_at=NOON,
    )
    session.add(theirs)
    own = brief(session, call_with(session, next_round(session, alder.authority)))
    assert own.noticed.last_round[0].moves
    assert own.noticed.last_round[0].summaries

    own.interview.submission.survey.code = "another"
    alder.authority.successor_code = birch.authority_code
    session.flush()
    later = brief(session, call_with(session, next_round(session, birch.authority)))

    former = {one.submission.authority.name: one for one in later.noticed.last_round}
    assert former["Alder"].moves == ()
    assert former["Alder"].summaries == ()


def test_who_is_who_says_who_wrote_what(session: Session, call: Interview) -> None:
    made = brief(session, call)

    (cy,) = made.colleagues
    assert (cy.name, cy.is_coordinator, cy.is_interviewed, cy.wrote) == (
        "Cy Birch",
        True,
        True,
        ("S01",),
    )
    assert [(part.section.code, part.answered, part.use) for part in made.sections] == [
        ("S01", 2, "Not said yet"),
        ("A1", 0, "Not said yet"),
        ("Z1", 0, "Not asked for this section"),
    ]
    assert made.since is None


def test_what_changed_since_it_was_submitted_is_told(session: Session, call: Interview) -> None:
    birch = call.submission
    save(session, birch, "S01.1", {"rating": 2}, seen=1)
    submit(session, birch)
    reopen(session, birch)
    save(session, birch, "S01.4", {"number": 41})

    since = brief(session, call).since

    assert since is not None
    assert since.reason == REASON
    (change,) = since.changes
    assert (change.code, change.before, change.now) == (
        "S01.4",
        (),
        ("41 families (2014 to 2015)",),
    )


def test_the_queries_do_not_grow_with_the_return(session: Session, call: Interview) -> None:
    def count(make: object) -> int:
        session.commit()
        session.expire_all()
        with queries(session) as sent:
            assert callable(make)
            make(session, session.get(Interview, call.id))
        return len(sent)

    few, whole = count(briefing.prompts), count(briefing.make)
    for number in range(12):
        save(session, call.submission, "S01.5", {"title": f"Paper {number}"}, entry_id=f"e{number}")
        save(session, call.submission, "Z1.1.a", {"text": "Hour"}, entry_id=f"z{number}")

    assert count(briefing.prompts) == few
    assert count(briefing.make) == whole
    assert few <= 8


def test_a_return_that_nobody_began_still_has_a_brief(session: Session, birch: Submission) -> None:
    made = brief(session, call_with(session, submission_of(session, "Cedar")))

    assert all(not gap.is_begun for gap in made.noticed.gaps)
    assert [one.prompt.code for one in made.start] == ["I01"]
    assert made.last_saved is None
    assert made.interview.held_on == dt.date(2015, 7, 25)
