"""Passages placed under prompts by a person: joined, split, left out, or saved as notes."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from sqlalchemy.orm import Session

from surveyapp.interview import services
from surveyapp.interview.bringing.drafts import JOIN, LEAVE, SPLIT, UNDER, Draft, Piece
from surveyapp.interview.notes import Hand
from surveyapp.interview.services import Said
from surveyapp.models import Interview, Note

ORIGIN: Final = "file"
EMPTY: Final = "There are no words in passage {}. Leave it out, or write what was said"
CHANGED: Final = (
    "Passage {} says something else than the file. Untick “word for word”, or put the words back"
)
NOTHING_BEFORE: Final = "There is no passage before passage {} that it can be joined with"
NO_GAP: Final = "Put an empty line into passage {} where you want to split it"


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a person said about one passage: how it should read and what should become of it."""

    id: str
    text: str
    choice: str = ""
    verbatim: bool = False


@dataclass(slots=True)
class Settled:
    """What became of the passages of a page, or why nothing did."""

    saved: int = 0
    left_out: int = 0
    problems: dict[str, str] = field(default_factory=dict)

    @property
    def changes(self) -> bool:
        """Say whether anything was placed or left out."""
        return bool(self.saved or self.left_out)


def note_down(draft: Draft, chosen: Iterable[Chosen]) -> list[Piece]:
    """Keep in the draft what a person typed and chose; return the passages that still wait."""
    waiting = {one.id: one for one in draft.waiting}
    touched = []
    for one in chosen:
        piece = waiting.get(one.id)
        if piece is not None:
            piece.text = _typed(one.text)
            piece.choice = one.choice
            piece.verbatim = one.verbatim and draft.may_be_verbatim(piece)
            touched.append(piece)
    return touched


def settle(
    session: Session, interview: Interview, draft: Draft, pieces: Sequence[Piece], by: Hand
) -> Settled:
    """Do what was chosen for these passages, or nothing at all where something is amiss.

    ConsentError without consent to notes, NotInTheGuideError for a prompt that is not there.
    """
    settled = Settled(problems=dict(_problems(draft, pieces)))
    if settled.problems:
        return settled
    for piece in pieces:
        if piece.choice == SPLIT:
            _split(draft, piece)
    # From the last to the first, so that a whole row of passages can be joined.
    for piece in reversed([one for one in pieces if one.choice == JOIN]):
        _join(draft, piece)
    for piece in pieces:
        if piece.choice == LEAVE:
            piece.state, piece.choice = "left out", ""
            settled.left_out += 1
        elif piece.choice.startswith(UNDER):
            _save(session, interview, draft, piece, by)
            settled.saved += 1
    return settled


def bring_back(draft: Draft, piece_id: str) -> bool:
    """Let a passage that was left out wait again."""
    for piece in draft.left_out:
        if piece.id == piece_id:
            piece.state = "waiting"
            return True
    return False


def _problems(draft: Draft, pieces: Sequence[Piece]) -> Iterator[tuple[str, str]]:
    for piece in pieces:
        complaint = _COMPLAINTS.get(piece.choice.partition(":")[0], _sound)(draft, piece)
        if complaint:
            yield piece.id, complaint.format(piece.number)


def _sound(*_: object) -> str:
    return ""


def _of_a_note(_: Draft, piece: Piece) -> str:
    if not piece.text:
        return EMPTY
    if piece.verbatim and _letters(piece.text) not in _letters(piece.original):
        return CHANGED
    return ""


def _of_a_split(_: Draft, piece: Piece) -> str:
    return "" if len(_parts(piece.text)) > 1 else NO_GAP


def _of_a_join(draft: Draft, piece: Piece) -> str:
    return "" if _before(draft, piece) else NOTHING_BEFORE


_COMPLAINTS: Final = {
    UNDER.rstrip(":"): _of_a_note,
    SPLIT: _of_a_split,
    JOIN: _of_a_join,
}


def _before(draft: Draft, piece: Piece) -> Piece | None:
    """Return the passage before, as long as it waits and goes nowhere where words would be lost."""
    at = draft.pieces.index(piece)
    before = draft.pieces[at - 1] if at else None
    if before is None or before.state != "waiting" or before.choice in (LEAVE, SPLIT):
        return None
    return before


def _join(draft: Draft, piece: Piece) -> None:
    before = _before(draft, piece)
    if before is None:
        return
    before.text = "\n".join(filter(None, (before.text, piece.text)))
    before.original = f"{before.original}\n{piece.original}"
    if before.speaker != piece.speaker:
        # Two people's words are nobody's quotation.
        before.speaker, before.verbatim = "", False
    draft.pieces.remove(piece)


def _split(draft: Draft, piece: Piece) -> None:
    at = draft.pieces.index(piece)
    parts = _parts(piece.text)
    made = [
        piece.model_copy(update={"id": f"{piece.id}.{place}", "text": text, "choice": ""})
        for place, text in enumerate(parts, start=1)
    ]
    draft.pieces[at : at + 1] = made


def _save(session: Session, interview: Interview, draft: Draft, piece: Piece, by: Hand) -> None:
    note_id = draft.note_id(interview, piece)
    piece.state = "placed"
    if session.get(Note, note_id) is not None:
        return  # The same file was brought in by a colleague, or the page was sent twice.
    said = Said(piece.text, piece.choice.removeprefix(UNDER), piece.second, piece.verbatim, note_id)
    note = services.add_note(session, interview, said, by.author, by.at)
    note.origin = ORIGIN
    session.flush()


def _parts(text: str) -> list[str]:
    return [one.strip() for one in re.split(r"\n\s*\n", text) if one.strip()]


def _typed(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "").strip()


def _letters(text: str) -> str:
    """Forget how words are spaced and broken into lines."""
    return " ".join(text.split())


def chosen_of(fields: Mapping[str, str]) -> list[Chosen]:
    """Read what was said about every passage on a page, in the order of the page."""
    ids = [name.removeprefix("text-") for name in fields if name.startswith("text-")]
    return [
        Chosen(
            one,
            fields[f"text-{one}"],
            fields.get(f"where-{one}", ""),
            f"verbatim-{one}" in fields,
        )
        for one in ids
    ]
