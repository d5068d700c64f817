"""What lies behind the answers, laid out for the printed brief: the last round, and the people."""

from collections.abc import Iterator

from surveyapp.interview.briefing import wording
from surveyapp.interview.briefing.before import Former, Move
from surveyapp.interview.briefing.making import Brief
from surveyapp.interview.briefing.people import Change, Colleague
from surveyapp.pages import day
from synthesis.review.blocks import Block, Bullets, Cell, Heading, Paragraph, Runs, Table, Text


def background(brief: Brief) -> Iterator[Block]:
    """Give the last round, and who is who, with what changed since the return was submitted."""
    yield Heading(2, "The last round", "round")
    if not brief.noticed.last_round:
        yield Paragraph((Text(wording.NO_ROUND),))
    for number, former in enumerate(brief.noticed.last_round, start=1):
        yield from _former(former, number)
    yield Heading(2, "Who is who", "people")
    yield from _people(brief)
    yield from _since(brief)
    yield _sections(brief)


def _former(former: Former, number: int) -> Iterator[Block]:
    then = former.submission
    title = f"{then.authority.name} in {then.survey.title}"
    yield Heading(3, title, f"round-{number}")
    yield Paragraph((Text(wording.spoken(former)),))
    if former.moves:
        yield Table(
            anchor=f"round-{number}-ratings",
            caption=f"Ratings then and now: {title}",
            description="Each rating in the last round and in this one, and how far it has moved.",
            header=("Question", "Then", "Now", "Change"),
            rows=tuple(
                tuple(
                    map(
                        _cell,
                        (
                            f"{one.code} {one.text}{_reworded(one)}",
                            one.then,
                            one.now,
                            one.change,
                        ),
                    )
                )
                for one in former.moves
            ),
            widths=(5, 2, 2, 2),
            small=True,
        )
    for summary in former.summaries:
        yield Paragraph(
            (Text(f"What we wrote then, {summary.theme}: ", bold=True), Text(summary.text))
        )


def _reworded(move: Move) -> str:
    return "" if move.is_asked_alike else " (asked in other words then)"


def _people(brief: Brief) -> Iterator[Block]:
    if brief.colleagues:
        yield Bullets(tuple(_colleague(one) for one in brief.colleagues))
    else:
        yield Paragraph((Text(wording.NOBODY),))


def _colleague(one: Colleague) -> Runs:
    return (Text(one.name, bold=True), Text(f", {wording.about(one)}."))


def _sections(brief: Brief) -> Table:
    return Table(
        anchor="sections",
        caption="The sections, and how their words may be used",
        description="Each section: how much is answered, how its words may be used, who wrote it.",
        header=("Section", "Answered", "May be used", "Written by"),
        rows=tuple(
            tuple(
                map(
                    _cell,
                    (
                        f"{one.section.code} {one.section.title}",
                        f"{one.answered} of {one.asked}",
                        one.use,
                        ", ".join(one.wrote) or "Nobody yet",
                    ),
                )
            )
            for one in brief.sections
        ),
        widths=(4, 1.5, 3, 3),
        small=True,
    )


def _since(brief: Brief) -> Iterator[Block]:
    since = brief.since
    if since is None:
        return
    yield Heading(3, "Changed since it was submitted", "since")
    yield Paragraph((Text(f"Opened again on {day(since.at)} by {since.by}: {since.reason}"),))
    if since.changes:
        yield Bullets(tuple(_change(one) for one in since.changes))
    else:
        yield Paragraph((Text("No answer has changed since."),))


def _change(one: Change) -> Runs:
    before, now = (
        "; ".join(" ".join(text.split()) for text in each) for each in (one.before, one.now)
    )
    return (
        Text(f"{one.code} {one.text} ", bold=True),
        Text(f"Before: {before or 'not answered'}. Now: {now or 'not answered'}."),
    )


def _cell(text: str) -> Cell:
    return Cell((Text(text),))
