"""The review tells what came back: who submitted, who was interviewed, who was shown its words."""

import datetime as dt
from dataclasses import replace

from synthesis.findings import Basis
from synthesis.material import Material, Response, Return, UseLevel
from synthesis.review import draw_up, plain, verify
from synthesis.review.blocks import Bullets, Review, Table
from synthesis.review.prose import cell
from tests.synthesis.small_region import AUTHORITIES, BASIS, MATERIAL, small_outline
from tests.synthesis.worlds import basis, response

SAID = "We run groups for parents in most of our towns."
ASKED, LAST, LATER = dt.date(2015, 9, 7), dt.date(2015, 9, 21), dt.date(2015, 9, 28)
ANSWERED = dt.date(2015, 9, 11)
SILENT = dt.date(2015, 9, 22)
NOTHING = "–"


def world(*returns: Return, unnamed: str = "") -> Basis:
    """Return a basis in which every authority is quoted, one of them perhaps without its name."""
    said: list[tuple[Response, str]] = []
    for turn, one in enumerate(AUTHORITIES):
        theme, question = (("S05", "S05.1"), ("S01", "S01.3"))[turn % 2]
        words = f"{SAID} We have done so since 20{10 + turn}."
        level: UseLevel = "unnamed" if one.name == unnamed else "named"
        said.append((response(one.name, words, question, use_level=level), f"{theme} P1"))
    return basis(said, Material(AUTHORITIES, (), returns=returns))


def review_of(made: Basis) -> Review:
    review, ledger = draw_up(made, small_outline())
    assert verify(review, ledger, made.material) == []
    return review


def table(review: Review) -> Table:
    return next(b for b in review.blocks if isinstance(b, Table) and b.anchor == "returns")


def shown(review: Review) -> dict[str, str]:
    """Return the last column of the table of returns, by authority."""
    return {
        plain.spell(row[0].runs): plain.spell(row[-1].runs)
        for row in table(review).rows
        if table(review).header[-1] == "Shown its words"
    }


def asked(authority: str, **more: dt.date) -> Return:
    return Return(authority, "returned", 1, 1, **({"shown_on": ASKED} | more))


def test_where_nobody_was_shown_any_words_nothing_is_told_of_it() -> None:
    review = review_of(world(Return("X1", "returned", 1, 1)))
    assert shown(review) == {}
    assert "Shown what is printed" not in plain.text(review)


def test_silence_answers_and_open_checks_are_told_apart() -> None:
    returns = (
        asked("X1", answered_on=ANSWERED),
        asked("X2", answer_by=LAST, silent_on=SILENT),
        asked("X3", answer_by=LAST),
        asked("X4", shown_on=LATER, answered_on=ANSWERED, answer_by=LAST, silent_on=SILENT),
    )
    review = review_of(world(*returns))
    assert list(shown(review).values()) == [
        "7 September 2015; answered 11 September 2015",
        "7 September 2015; no answer by 21 September 2015",
        "7 September 2015; to answer by 21 September 2015",
        "28 September 2015; no answer by 21 September 2015 (answered before, 11 September 2015)",
        NOTHING,
        NOTHING,
    ]
    text = plain.text(review)
    assert "take their name off: 4 authorities. Answered: 2; silent when the day" in text
    assert "had passed: 1; not answered, and the day not passed when this was drawn up: 1." in text
    assert "Silence is recorded as silence, and is no consent" in text
    assert "it is not told whether it was asked" not in text


def test_a_day_that_passed_is_silence_only_once_that_is_recorded() -> None:
    review = review_of(replace(BASIS, material=replace(MATERIAL, as_of=dt.date(2030, 1, 1))))
    assert shown(review)["Dunmorrow"] == "28 September 2015; to answer by 12 October 2015"
    assert shown(review)["Brackmere"] == "7 September 2015; no answer by 21 September 2015"
    text = plain.text(review)
    assert "Answered: 1; silent when the day to answer by had passed: 1; not answered" in text


def test_of_whoever_is_not_quoted_by_name_it_is_not_told_whether_it_was_asked() -> None:
    everyone = tuple(asked(one.code, answer_by=LAST, silent_on=SILENT) for one in AUTHORITIES)
    hidden = AUTHORITIES[1]
    review = review_of(world(*everyone, unnamed=hidden.name))
    assert shown(review)[hidden.name] == NOTHING
    text = plain.text(review)
    assert "silent when the day to answer by had passed: 5;" in text
    assert "only without its name, or not at all, it is not told whether it was asked" in text
    never = (everyone[0], Return(hidden.code, "returned", 1, 1), *everyone[2:])
    assert plain.text(review_of(world(*never, unnamed=hidden.name))) == text


def test_the_check_refuses_to_tell_of_who_is_not_quoted_by_name() -> None:
    everyone = tuple(asked(one.code, answer_by=LAST, silent_on=SILENT) for one in AUTHORITIES)
    made = world(*everyone, unnamed=AUTHORITIES[1].name)
    review, ledger = draw_up(made, small_outline())
    blocks = list(review.blocks)
    found = table(review)
    rows = tuple((*row[:-1], cell("7 September 2015; answered")) for row in found.rows)
    blocks[blocks.index(found)] = replace(found, rows=rows)
    faults = verify(replace(review, blocks=tuple(blocks)), ledger, made.material)
    assert any(f"tells that {AUTHORITIES[1].name} has words among" in one for one in faults)


def test_questionnaires_that_nobody_submitted_are_a_limit() -> None:
    both = review_of(world(Return("X1", "partial", 1, 2), Return("X2", "partial", 1, 2)))
    text = plain.text(both)
    assert "The questionnaires of 2 authorities had been begun and not submitted when" in text
    assert "drawn up; their words are used as they stood." in text
    one = plain.text(review_of(world(Return("X1", "partial", 1, 2), Return("X2", "returned"))))
    assert "The questionnaire of one authority had been begun and not submitted when" in one
    none = plain.text(review_of(world(Return("X1", "returned", 1, 2))))
    assert "not submitted" not in none


def test_what_was_not_submitted_is_a_point_among_the_limits() -> None:
    outline = small_outline()
    limits = replace(outline.chapters["limits"], text="- Ratings are their own.\n- Tags err.")
    wanted = replace(outline, chapters={**outline.chapters, "limits": limits})
    review, _ = draw_up(world(Return("X1", "partial", 1, 2)), wanted)
    points = [list(map(plain.spell, b.items)) for b in review.blocks if isinstance(b, Bullets)]
    found = next(some for some in points if some[0] == "Ratings are their own.")
    assert found[-1].startswith("The questionnaire of one authority")


def test_interviews_are_told_with_how_many_authorities_they_were_held() -> None:
    returns = (
        Return("X1", "returned", interviews=2, confirmed=1),
        Return("X2", "returned", interviews=1),
    )
    text = plain.text(review_of(world(*returns)))
    assert "Held: 3 interviews with 2 authorities. Records confirmed" in text
    assert "not yet confirmed: 2." in text


def test_an_interview_that_is_under_way_is_not_counted_as_held() -> None:
    returns = (Return("X1", "returned", interviews=1), Return("X2", "returned", under_way=1))
    review = review_of(world(*returns))
    text = plain.text(review)
    assert "Held: 1 interview with 1 authority." in text
    assert "Under way when this was drawn up, and used as far as it was noted: 1." in text
    assert plain.spell(table(review).rows[1][3].runs) == "Under way"
