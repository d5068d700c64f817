"""What an authority said: answers, examples, contacts, documents, calls, and what follows."""

from collections.abc import Iterator
from typing import Final

from benchmarks.filling.ground import NOW, SENTENCES, Ground, Row, Rows, Told, person
from surveyapp.definitions.questions import (
    ChoiceQuestion,
    ContactQuestion,
    DocumentQuestion,
    MaturityQuestion,
    TextQuestion,
)
from surveyapp.models import (
    Answer,
    Contributor,
    Interview,
    Note,
    Passage,
    Response,
    Submission,
    Tag,
)

IN_A_RESPONSE: Final = 5
IN_A_CALL: Final = 33
EXAMPLES: Final = 2
PRACTICE: Final = "Z1.1."
# Said of everything that is derived, before anybody decides.
OPEN: Final = {"drawn": False, "coded": False, "held": False}


def tell(ground: Ground, rows: Rows, submission: Submission, places: range) -> Told:
    """Let an authority answer everything, and say as many sentences as there are places."""
    email = f"{submission.authority_code.lower()}@trees.example"
    coordinator = person(ground.session, email, f"Co {submission.authority_code}")
    rows.add(
        Contributor,
        id=ground.id(),
        submission_id=submission.id,
        person_id=coordinator.id,
        coordinator=True,
        agreed_at=NOW,
    )
    if ground.chance(0.7):
        submission.submitted_at, submission.submitted_by_id = NOW, coordinator.id
    submission.last_activity_at = NOW
    told = Told(submission, coordinator, [], {}, {})
    asked = list(_asked(ground, rows, told, -(-len(places) // IN_A_RESPONSE)))
    for number, response in enumerate(asked):
        first = places.start + number * IN_A_RESPONSE
        count = min(IN_A_RESPONSE, places.stop - first)
        _say(ground, told, response, (first, count))
    _answer(ground, rows, told)
    return told


def _asked(ground: Ground, rows: Rows, told: Told, count: int) -> Iterator[Row]:
    """Yield what every response has of its own: written answers first, then notes of calls."""
    codes = [
        code
        for code, one in ground.asked.by_code.items()
        if isinstance(one, TextQuestion) and not code.startswith(PRACTICE)
    ][: -(-count // 2)]
    for code in codes:
        question = ground.asked.question(code)
        yield {
            "id": f"{told.code}/{code}",
            "source": "questionnaire",
            "question_code": code,
            "question": question.text,
            "asked": ground.asked.theme_of(code),
        }
    call = None
    for number in range(count - len(codes)):
        if number % IN_A_CALL == 0:
            call = _call(ground, rows, told)
        theme = ground.charted[number % len(ground.charted)]
        note = ground.id()
        yield {
            "id": f"{told.code}/interview/{note.hex[:12]}",
            "source": "interview",
            "question_code": f"{theme}.p",
            "question": "What do you see?",
            "asked": theme,
            "note": {"id": note, "interview_id": call, "second": number, "theme": theme},
        }


def _call(ground: Ground, rows: Rows, told: Told) -> object:
    row = rows.add(
        Interview,
        id=ground.id(),
        submission_id=told.submission.id,
        guide_id=ground.survey.guide_id,
        interviewer_id=ground.second.id,
        interviewee="Ida Oak",
        interviewee_role="Head of service",
        held_on=NOW.date(),
        started_at=NOW,
        ended_at=NOW,
        consent_notes=True,
        consent_quotes=True,
        use_level="named",
    )
    return row["id"]


def _say(ground: Ground, told: Told, response: Row, at: tuple[int, int]) -> None:
    """Write one response with its sentences, and what is suggested for each."""
    first, count = at
    said = [ground.dice.choice(SENTENCES) for _ in range(count)]
    shared = {
        "survey_id": ground.survey.id,
        "authority_code": told.code,
        "use_level": "withheld" if ground.chance(0.02) else "named",
        "verbatim": True,
        **{name: response[name] for name in ("source", "question_code", "asked")},
    }
    text = "".join(said)
    told.responses[response["id"]] = {
        **shared,
        "id": response["id"],
        "question": response["question"],
        "text": text,
        "confirmed": None,
        "place": first,
        "note": response.get("note"),
    }
    end = 0
    for number, sentence in enumerate(said):
        row: Row = {
            **shared,
            **OPEN,
            "response": response["id"],
            "start": end,
            "end": end + len(sentence) - 1,
            "words": sentence[:-1],
            "place": first + number,
            "doubt": ground.dice.random(),
        }
        row["key"] = ground.key(row)
        told.passages.append(row)
        told.tags[row["key"]] = list(_tags(ground, row["key"]))
        end += len(sentence)


def _tags(ground: Ground, key: str) -> Iterator[Row]:
    for theme in ground.dice.sample(ground.themes, ground.dice.randint(0, 3)):
        yield {
            "passage_key": key,
            "survey_id": ground.survey.id,
            "theme": theme,
            "score": round(ground.dice.uniform(0.4, 1), 2),
            "reason": "says ‘families’",
            "verdict": "",
        }


def _answer(ground: Ground, rows: Rows, told: Told) -> None:
    """Write the answers that these responses came of, and those to every other question."""
    written = {"author_id": told.coordinator.id, "created_at": NOW, "updated_at": NOW, "version": 1}
    for response in told.responses.values():
        if note := response.pop("note"):
            text = response["text"]
            rows.add(Note, **note, **written, text=text, original_text=text, verbatim=True)
    for code, entry, value in _answers(ground, told):
        about = {"submission_id": told.submission.id, "question_code": code, "entry_id": entry}
        rows.add(Answer, id=ground.id(), **about, **written, value=value)


def _answers(ground: Ground, told: Told) -> Iterator[tuple[str, str, Row]]:
    for code, question in ground.asked.by_code.items():
        response = told.responses.get(f"{told.code}/{code}")
        if response:
            yield code, "", {"text": response["text"]}
        elif ground.asked.group_of(code) is None:
            value = _value(ground, told, question)
            if value:
                yield code, "", value
    for number in range(EXAMPLES):
        for code, question in ground.asked.by_code.items():
            if ground.asked.group_of(code) is not None:
                value = _value(ground, told, question) or {}
                yield from [(code, f"entry{number}", value)] if value else []


def _value(ground: Ground, told: Told, question: object) -> Row | None:
    """Return an answer to a question; nothing to those of which there need be none."""
    match question:
        case MaturityQuestion():
            return {"rating": ground.dice.randrange(5)}
        case ChoiceQuestion(type="single"):
            return {"option": ground.dice.choice(question.options).code} if question.options else {}
        case ChoiceQuestion():
            return {"options": [one.code for one in question.options[:2]]}
        case TextQuestion() if question.code.startswith(PRACTICE):
            return {"text": f"{told.code}: {ground.dice.choice(SENTENCES)}"}
        case DocumentQuestion():
            address = f"https://{told.code.lower()}.example/{question.code}"
            return {"title": f"Plan {question.code}", "url": address, "may_share": True}
        case ContactQuestion():
            return {"name": "Ed Elm", "email": "ed@trees.example", "may_publish": True}
    return None


def derived(told: Told, rows: Rows) -> None:
    """Note what follows from what an authority said, once it is decided on."""
    rows.kept[Response] += told.responses.values()
    rows.kept[Passage] += told.passages
    rows.kept[Tag] += (tag for some in told.tags.values() for tag in some)
