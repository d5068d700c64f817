"""A change of the codebook makes another version, and what was decided comes along."""

from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveyapp import published
from surveyapp.coding.codebook import changing, planning, reading, settling
from surveyapp.coding.codebook.changing import (
    ChangedMeanwhileError,
    FaultyError,
    Hand,
    StaysError,
)
from surveyapp.material import codebooks, decided, gathering
from surveyapp.models import (
    AuditEvent,
    Cell,
    CodebookChange,
    Derivation,
    Finding,
    Passage,
    Summary,
    Survey,
    Tag,
)
from surveyapp.review import building
from synthesis import tagger, tags
from synthesis.findings.plain_sense import stands
from tests.surveyapp.building import NOON, queries, somebody
from tests.surveyapp.coding.keeping_codebook import (
    CALLS,
    DOORS,
    LATER,
    add,
    decide,
    kay,
    make,
    passage,
    theme,
)
from tests.surveyapp.deriving import derive

ALDER = "X06000001"


@pytest.fixture
def coded(session: Session, survey: Survey) -> Survey:
    """Two strands that nobody asks about, and passages read by them."""
    add(session, survey, CALLS, DOORS)
    derive(session, survey)
    return survey


def cell(session: Session, survey: Survey, code: str) -> tuple[int, int]:
    row = session.get_one(Cell, (survey.id, ALDER, code))
    return row.found, row.confirmed


def decided_tags(session: Session, survey: Survey) -> set[tuple[str, int, int, str]]:
    """Return what synthesis takes for decided, of what is gathered."""
    gathered = gathering.gather(session, survey)
    suggesting = tagger.Tagger(gathered.codebook, ())
    judged = suggesting.judge(gathered.material.responses)
    suggested = [tag for one in judged for tag in one.tags if stands(tag)]
    responses = {one.id: one for one in gathered.material.responses}
    return {
        (tag.passage.response.id, tag.passage.start, tag.passage.end, tag.theme)
        for tag in tags.decide(suggested, gathered.material.decisions, responses)
        if tag.decided
    }


def decided_rows(session: Session, survey: Survey) -> set[tuple[str, int, int, str]]:
    rows = session.execute(
        select(Passage.response, Passage.start, Passage.end, Tag.theme)
        .join(Tag, Tag.passage_key == Passage.key)
        .where(Tag.verdict.in_(("accept", "add")))
    )
    return set(map(tuple, rows))


def test_a_change_makes_a_version_and_says_who_and_why(session: Session, survey: Survey) -> None:
    before = survey.codebook

    add(session, survey, CALLS)

    assert survey.codebook_id != before.id
    assert theme(survey, "S02") == CALLS
    assert codebooks.current(survey).version == "2"
    row = session.scalars(select(CodebookChange)).one()
    assert (row.kind, row.theme, row.before_id, row.after_id) == (
        *("add", "S02"),
        *(before.id, survey.codebook_id),
    )
    assert (row.by.name, row.reason) == ("Kay Runs", "It was asked for.")
    event = session.scalars(select(AuditEvent).where(AuditEvent.action == "codebook.changed")).one()
    assert event.detail["theme"] == ["S02"]
    assert session.get_one(Derivation, survey.id).asked_at is not None
    assert published.files(before)["codebook.toml"].count("[[themes]]") == 9


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(
    session: Session, survey: Survey
) -> None:
    seen = survey.codebook_id
    add(session, survey, CALLS)

    with pytest.raises(ChangedMeanwhileError):
        changing.make(
            session, survey, planning.to_add(DOORS), Hand(kay(session), NOON, seen, "Why not.")
        )

    assert [one.theme for one in reading.since(session, survey, seen)] == ["S02"]


@pytest.mark.parametrize("code", ["S01", "A1", "E1", "P2", "X0"])
def test_what_is_asked_about_or_counted_stays(session: Session, survey: Survey, code: str) -> None:
    with pytest.raises(StaysError, match=f"{code} cannot be retired"):
        changing.check(session, survey, planning.to_retire(code))


def test_a_faulty_cue_is_refused_with_its_fault(session: Session, survey: Survey) -> None:
    with pytest.raises(FaultyError) as refused:
        make(session, survey, planning.to_add(replace(CALLS, cues=('" "',))))

    assert [one.item for one in refused.value.faults] == ["theme S02"]
    assert "S02" not in codebooks.current(survey)


def test_a_merger_moves_what_was_decided(session: Session, coded: Survey) -> None:
    decide(session, coded, "S02", "accept")
    assert cell(session, coded, "S02") == (1, 1)
    found, confirmed = cell(session, coded, "S01")
    assert confirmed == 0

    plan = planning.to_merge(
        codebooks.current(coded), ["S02"], theme(coded, "S01"), changes_meaning=False
    )
    make(session, coded, plan)
    derive(session, coded)

    assert cell(session, coded, "S01") == (found, 1)
    assert "call" in theme(coded, "S01").cues
    assert session.scalars(select(Tag).where(Tag.theme == "S02")).all() == []
    assert decided_rows(session, coded) == decided_tags(session, coded)
    assert [one.theme for one in gathering.gather(session, coded).material.decisions] == ["S01"]


def test_after_a_merger_the_same_review_is_built(session: Session, coded: Survey) -> None:
    decide(session, coded, "S02", "accept")
    book = codebooks.current(coded)
    make(
        session, coded, planning.to_merge(book, ["S02"], theme(coded, "S01"), changes_meaning=False)
    )
    carried = building.build(gathering.gather(session, coded), lambda *_: None)

    anew = decide(session, coded, "S01", "add", at=LATER)
    anew.coder = somebody(session, "Iris Notes")
    session.commit()

    again = building.build(gathering.gather(session, coded), lambda *_: None)
    assert len(carried) == len(again)


def test_what_was_turned_down_gives_way_to_what_is_merged_with_it(
    session: Session, coded: Survey
) -> None:
    decide(session, coded, "S02", "add")
    decide(session, coded, "S03", "reject", at=LATER)
    book = codebooks.current(coded)
    make(
        session,
        coded,
        planning.to_merge(book, ["S02"], theme(coded, "S03"), changes_meaning=False),
        LATER.replace(year=2016),
    )

    assert [(one.theme, one.verdict) for one in decided.decisions(session, coded)] == [
        ("S03", "add")
    ]
    derive(session, coded)
    assert decided_rows(session, coded) == decided_tags(session, coded)

    decide(session, coded, "S03", "reject", coder="Kay Runs", at=LATER.replace(year=2017))

    assert [one.verdict for one in decided.decisions(session, coded)] == ["reject"]
    assert decided_rows(session, coded) == decided_tags(session, coded) == set()


def test_a_retired_theme_counts_no_more(session: Session, coded: Survey) -> None:
    decide(session, coded, "S02", "add")

    make(session, coded, planning.to_retire("S02"))

    assert list(decided.decisions(session, coded)) == []
    assert gathering.gather(session, coded).stale == 0
    derive(session, coded)
    assert decided_rows(session, coded) == decided_tags(session, coded) == set()


def test_decisions_on_a_split_theme_wait_for_a_choice(session: Session, coded: Survey) -> None:
    made = decide(session, coded, "S02", "add")
    decide(session, coded, "S03", "reject")
    parts = (replace(CALLS, code="S04", name="Calls in"), replace(CALLS, code="S05", name="Out"))

    make(session, coded, planning.to_split("S02", parts))

    assert [one.theme for one in decided.decisions(session, coded)] == ["S03"]
    looked = decided.look_again(session, coded)
    assert [(one.row.id, one.was and one.was.name) for one in looked.listed] == [
        (made.id, "Telephone calls")
    ]
    assert [one.code for one in looked.listed[0].now] == ["S04", "S05"]
    assert looked.listed[0].is_split
    assert looked.listed[0].passage_key == passage(session).key

    settling.settle(session, coded, {made.id: "S05"}, kay(session), LATER.replace(year=2016))
    session.commit()

    assert decided.look_again(session, coded).total == 0
    found = {(one.theme, one.verdict) for one in decided.decisions(session, coded)}
    assert found == {("S03", "reject"), ("S05", "add"), ("S04", "reject")}
    derive(session, coded)
    assert decided_rows(session, coded) == decided_tags(session, coded)
    assert ("S05",) in {row[3:] for row in decided_rows(session, coded)}


def test_what_was_turned_down_whole_is_none_of_its_parts(session: Session, coded: Survey) -> None:
    decide(session, coded, "S02", "reject")
    parts = (replace(CALLS, code="S04", name="Calls in"), replace(CALLS, code="S05", name="Out"))

    make(session, coded, planning.to_split("S02", parts))

    found = {(one.theme, one.verdict) for one in decided.decisions(session, coded)}
    assert found == {("S04", "reject"), ("S05", "reject")}
    assert decided.look_again(session, coded).total == 0


def test_a_changed_meaning_has_decisions_looked_at_again(session: Session, coded: Survey) -> None:
    made = decide(session, coded, "S02", "accept")
    changed = replace(CALLS, definition="Families ring up, or write.", cues=("letter",))

    make(session, coded, planning.to_reword(changed, changes_meaning=True))
    derive(session, coded)

    # Nothing suggests it any more, and it stays until somebody takes it off.
    assert [(one.theme, one.verdict) for one in decided.decisions(session, coded)] == [
        ("S02", "add")
    ]
    assert decided_rows(session, coded) == decided_tags(session, coded)
    (one,) = decided.look_again(session, coded).listed
    assert (one.was and one.was.definition, one.now[0].definition) == (
        "Families ring up.",
        "Families ring up, or write.",
    )

    settling.settle(session, coded, {made.id: "keep"}, kay(session), LATER.replace(year=2016))
    session.commit()

    assert decided.look_again(session, coded).total == 0
    assert decided_rows(session, coded) == decided_tags(session, coded) != set()


def test_a_decision_taken_off_stays_with_who_made_it(session: Session, coded: Survey) -> None:
    made = decide(session, coded, "S02", "accept")
    make(session, coded, planning.to_reword(replace(CALLS, definition="X."), changes_meaning=True))

    settling.settle(session, coded, {made.id: "take off"}, kay(session), LATER.replace(year=2016))
    session.commit()

    assert made.verdict == "accept"
    assert decided_rows(session, coded) == decided_tags(session, coded) == set()
    assert decided.look_again(session, coded).total == 0


def test_another_wording_of_the_same_needs_no_second_look(session: Session, coded: Survey) -> None:
    decide(session, coded, "S02", "accept")

    make(session, coded, planning.to_reword(replace(CALLS, name="Calls"), changes_meaning=False))

    assert decided.look_again(session, coded).total == 0


def test_findings_and_summaries_come_along(session: Session, coded: Survey) -> None:
    person = kay(session)
    about = {"survey": coded, "author": person, "updated_at": NOON}
    finding = Finding(theme="S02", claim="Some ring.", **about)
    texts = {"S02": "They ring.", "S01": "They come."}
    rows = [
        Summary(authority_code=ALDER, theme=code, text=text, rests_on="", **about)
        for code, text in texts.items()
    ]
    session.add_all([finding, *rows])
    session.commit()

    with pytest.raises(StaysError, match="finding"):
        changing.check(session, coded, planning.to_retire("S02"))
    book = codebooks.current(coded)
    make(
        session, coded, planning.to_merge(book, ["S02"], theme(coded, "S01"), changes_meaning=False)
    )

    assert (finding.theme, finding.version) == ("S01", 2)
    assert [(one.theme, one.text) for one in session.scalars(select(Summary))] == [
        ("S01", "They come.\n\nThey ring.")
    ]


def test_every_version_stays(session: Session, coded: Survey) -> None:
    make(session, coded, planning.to_retire("S03"))

    found, more = reading.versions(session, coded, 1)

    assert [one.book.version for one in found] == ["4", "3", "2", "1"]
    assert [[change.kind for change in one.changes] for one in found] == [
        ["retire"],
        ["add"],
        ["add"],
        [],
    ]
    assert not more


def test_it_asks_as_often_for_many_decisions_as_for_few(session: Session, coded: Survey) -> None:
    decide(session, coded, "S02", "accept")
    make(session, coded, planning.to_reword(replace(CALLS, definition="X."), changes_meaning=True))

    def count() -> int:
        session.expire_all()
        with queries(session) as sent:
            decided.look_again(session, coded)
            decided.decisions(session, coded)
        return len(sent)

    count()  # what is published is read once, and kept
    few = count()
    whole = passage(session)
    for end in range(2, 20):
        decide(session, coded, "S02", "add", on=_part(whole.response, whole.words, end))

    assert decided.look_again(session, coded).total == 19
    assert count() == few


def _part(response: str, words: str, end: int) -> Passage:
    return Passage(response=response, start=0, end=end, words=words[:end])
