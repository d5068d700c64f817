"""What was noted, in sentences: the audit trail keeps short keys, and people read English."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from surveyapp.definitions.values import in_full
from surveyapp.standing import HAPPENED

Detail = Mapping[str, Any]
NOBODY: Final[Mapping[str, str]] = {"link.asked_for": "Not signed in"}
"""Who did it, where that is nobody who was signed in and not the service either."""

SENTENCES: Final[Mapping[str, str]] = {
    "answers.saved": "Saved {codes}",
    "authority.taken_out": "Took {authority} out of the survey",
    "codebook.changed": "Changed the codebook ({kind} {theme})",
    "colleague.invited": "Invited {subject}",
    "colleague.left": "Took {subject} out of the return",
    "colleague.sent_link": "Sent {subject} a new link",
    "comment.added": "Commented on {question}",
    "comment.resolved": "Marked a comment on {question} as dealt with",
    "contact.changed": "Changed the {fields} of {subject}",
    "contacts.brought_in": "Brought in contacts: {added} added, {changed} changed",
    "contributor.invited": "Invited {subject}",
    "coordination.passed_on": "Made {subject} the coordinator",
    "check.added": "Added {count} more of their passages to the check of their words",
    "check.answered": "Answered the check of their words: {confirmed} right, "
    "{corrected} corrected, {unnamed} not to be named",
    "check.reminded": "Reminded them to check their words",
    "check.sent": "Asked them to check {count} of their passages, until {due_on}",
    "check.taken_back": "Took the check of their words back",
    "coding.decided_many": "Decided on {count} suggestions of {theme} at once ({verdict})",
    "coding.undone_many": "Undid a decision on {count} suggestions at once",
    "coding.taken_in": "Took coding in from another program ({codings})",
    "coding.taken_back": "Took back coding that had come from another program ({codings})",
    "example.left_out": "Left an example out of the review",
    "example.shortlisted": "Shortlisted an example",
    "decisions.looked_at_again": "Looked at decisions again ({count})",
    "difference.settled": "Settled where two coders differed",
    "export.asked_for": "Asked for an export ({kind})",
    "file.kept": "Added a file to {question}",
    "file.read": "Opened a file given with {question}",
    "file.swept": "Removed a file of {question} that was no longer in the return",
    "finding.brought_back": "Brought a finding back",
    "finding.changed": "Changed a finding",
    "finding.looked_against": "Looked for what speaks against a finding",
    "finding.removed": "Removed a finding",
    "finding.written": "Wrote a finding",
    "form.set_apart": "Sent a Word form in which {count} did not fit; kept apart",
    "link.asked_for": "Asked for a new link for {subject}",
    "link.claimed": "Opened a link of {subject}",
    "link.revoked": "Stopped the links of {subject}",
    "mail.sent_again": "Had a message sent again",
    "notice.agreed": "Read how the answers are used, and agreed",
    "proposal.brought_back": "Brought a proposed theme back",
    "proposal.set_aside": "Set a proposed theme aside",
    "register.updated": "Brought the register up to date: {added} added, {changed} changed",
    "return.reopened": "Opened the return again",
    "return.submitted": "Submitted the return",
    "return.taken_as_partial": "Kept the return as partial when the survey closed",
    "review.build_asked_for": "Asked for build {number} of the review",
    "review.links_checked": "Had the links of documents tried",
    "review.sign_off_undone": "Took the sign-off of build {number} back",
    "review.signed_off": "Signed build {number} of the review off",
    "review.taken": "Took {file} of build {number} away",
    "review.text_changed": "Changed the standing text {place}",
    "review.text_put_back": "Put the outline’s own standing text back at {place}",
    "sample.compared": "Compared two coders on {passages} passages",
    "sample.drawn": "Drew a sample of {authorities} authorities for a second coder",
    "sample.finished": "Finished coding a sample of {passages} passages",
    "sample.set_aside": "Set a sample for a second coder aside",
    "section.use_level": "Chose how the words of {section} may be used: {use_level}",
    "summary.saved": "Wrote the summary of {theme}",
    "summary.still_right": "Found the summary of {theme} still right",
    "survey.exported": "Took an export away ({kind})",
    "survey.note_changed": "Changed the note in invitations",
    "survey.opened": "Opened the survey",
    "survey.privacy_changed": "Changed who is responsible for what people tell us",
    "survey.set_up": "Set the survey up",
    "survey.put_right": "Put the title, region or first day right",
    "theme.given": "Gave {theme} to passages behind a proposal ({count})",
    **HAPPENED,
    "words.cleared": "Cleared {marks} marks of words that may identify a child",
    "words.erased": "Erased {marks} marks of words that may identify a child",
    "words.held": "Kept {marks} marks of words that may identify a child held back",
    "words.marked": "Marked words that may identify a child in {marks} places",
    "words.gave_way": "Kept a colleague’s words in {question}; their own are kept apart",
}


def saved(question_code: str, version: int) -> str:
    """Say that an answer was saved, and which version that made."""
    return f"Saved {question_code} (version {version})"


def sentence(action: str, detail: Detail, subject: str) -> str:
    """Say what was done; `subject` is the name of the person or section it was done to."""
    if action in SPECIAL:
        return SPECIAL[action](detail, subject)
    told = {name: _said(value) for name, value in detail.items()}
    words = SENTENCES.get(action)
    if words is not None and all(name in told or name == "subject" for name in _names(words)):
        return words.format(**told, subject=subject or "somebody")
    return action.replace(".", ": ").replace("_", " ").capitalize()


def _names(words: str) -> list[str]:
    return [part.partition("}")[0] for part in words.split("{")[1:]]


def _said(value: object) -> str:
    if isinstance(value, str):
        return value.replace("_", " ")
    return ", ".join(map(_said, value)) if isinstance(value, Sequence) else str(value)


def _counted(value: object, one: str, many: str) -> str:
    count = len(value) if isinstance(value, Sequence) else int(str(value or 0))
    return f"{count} {one if count == 1 else many}"


def _read(detail: Detail, _: str) -> str:
    return f"Read the answers to {detail['question']}" if "question" in detail else "Read answers"


def _too_late(detail: Detail, _: str) -> str:
    kept = _counted(detail.get("count"), "answer is", "answers are")
    return f"Wrote when the return was closed: {kept} kept apart"


def _form(detail: Detail, _: str) -> str:
    return f"Took {_counted(detail.get('answers'), 'answer', 'answers')} over from a Word form"


def _asked(detail: Detail, _: str) -> str:
    return f"Asked {_counted(detail.get('added'), 'more authority', 'more authorities')}"


def _marked(detail: Detail, subject: str) -> str:
    return f"Marked {subject or 'a section'} as {_said(detail.get('status', 'changed'))}"


def _handed(detail: Detail, _: str) -> str:
    section = detail.get("section", "a section")
    return f"Handed {section} over" if detail.get("to") else f"Took {section} back"


def _bounced(detail: Detail, _: str) -> str:
    return "A message came back" if "status" in detail else "Recorded that a message came back"


def _reminders(detail: Detail, _: str) -> str:
    return "Paused reminders" if detail.get("paused", True) else "Let reminders go out again"


def _closed(detail: Detail, _: str) -> str:
    partial = _counted(detail.get("partial"), "return is", "returns are")
    return f"Closed the survey: {partial} partial"


def _extended(detail: Detail, _: str) -> str:
    return f"Extended the survey to {in_full(detail['until'])}" if "until" in detail else "Extended"


def _told(detail: Detail, _: str) -> str:
    return f"Told {_counted(detail.get('count'), 'person', 'people')} about the new last day"


def _published(detail: Detail, _: str) -> str:
    parts = _said(detail.get("parts", "definitions"))
    went = _counted(detail.get("went_over"), "return", "returns")
    return f"Published changes to the {parts}: {went} went over to it"


SPECIAL: Final[Mapping[str, Callable[[Detail, str], str]]] = {
    "answers.read": _read,
    "answers.too_late": _too_late,
    "authorities.brought_in": _asked,
    "form.accepted": _form,
    "mail.bounced": _bounced,
    "reminders.paused": _reminders,
    "section.handed_over": _handed,
    "section.marked": _marked,
    "survey.closed": _closed,
    "survey.extended": _extended,
    "survey.extension_told": _told,
    "survey.published": _published,
}
