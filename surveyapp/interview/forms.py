"""What staff and the person interviewed type and choose; meaning is checked by the services."""

import re
import uuid
from collections.abc import Iterator, Mapping
from typing import Final

from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict

from surveyapp.forms import address_field
from surveyapp.interview.answering import Marked, Sheet
from surveyapp.models.correction import SENTENCE_VERDICTS, Verdict

# A sentence as a page names it: the note, its version, and where the sentence begins and ends.
SENTENCE: Final = re.compile(r"([0-9a-f]{32})-(\d{1,9})-(\d{1,9})-(\d{1,9})")
VERDICT, INSTEAD = ":verdict", ":instead"


class OfferForm(FlaskForm):
    """To whom the record goes; the day to answer by is read beside it."""

    email = address_field("Email address", "Enter the email address of the person interviewed")


def marked(form: MultiDict[str, str], sheet: Sheet) -> Iterator[Marked]:
    """Yield what a page says of its sentences; one that nothing is said of is left out."""
    texts = {one.key: one.text for one in sheet.every}
    keys = {name.rpartition(":")[0] for name in form if name.endswith((VERDICT, INSTEAD))}
    for key in sorted(keys):
        place = SENTENCE.fullmatch(key)
        verdict = _verdict(form, key, texts)
        if place is None or verdict is None:
            continue
        note, seen, start, end = place.groups()
        words = _words(form, key) if verdict == "corrected" else ""
        yield Marked(uuid.UUID(note), int(seen), int(start), int(end), verdict, words)


def _verdict(form: MultiDict[str, str], key: str, texts: Mapping[str, str]) -> Verdict | None:
    """Return what was chosen; without scripts, words changed in the box say it too."""
    chosen = form.get(key + VERDICT, "")
    if chosen in SENTENCE_VERDICTS:
        return chosen
    is_changed = key in texts and _words(form, key) not in ("", texts[key])
    return "corrected" if is_changed else None


def _words(form: MultiDict[str, str], key: str) -> str:
    return form.get(key + INSTEAD, "").replace("\r\n", "\n").strip()
