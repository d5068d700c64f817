"""What a browser sends for a section: each box read into the fields that its question takes."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final

from werkzeug.datastructures import FileStorage, MultiDict

from surveyapp.definitions.questionnaire import Questionnaire
from surveyapp.definitions.questions import (
    DocumentQuestion,
    GroupQuestion,
    Question,
    is_repeated,
)
from surveyapp.definitions.values import OTHER, is_list
from surveyapp.respond.services import Draft

Form = MultiDict[str, str]
Chosen = MultiDict[str, FileStorage]
MISSING: Final = "missing:"  # what the value of a choice that is no answer begins with
_SEEN: Final = re.compile(r"([A-Za-z0-9.]{1,40})(?:@([A-Za-z0-9_-]{1,40}))?:seen")
_VERSION: Final = re.compile(r"[0-9]{1,9}")
_SENT: Final = re.compile(r"[0-9a-z.]{1,40}")
_ADDED: Final = re.compile(r"[A-Za-z0-9.]{1,40}")


def drafts(form: Form, questionnaire: Questionnaire, section_code: str) -> list[Draft]:
    """Return what was typed in each box of a section; what belongs to no box is left out."""
    found = []
    for name in form:
        match = _SEEN.fullmatch(name)
        question = questionnaire.by_code.get(match[1]) if match else None
        if match is None or question is None:
            continue
        entry_id = match[2] or ""
        if _takes(questionnaire, question, section_code, entry_id):
            fields = _fields(form, question, name.removesuffix("seen"))
            found.append(Draft(question.code, fields, _version(form[name]), entry_id))
    return found


def choice(form: Form, draft: Draft) -> str:
    """Return which of two texts a person keeps: mine, theirs or merge; "" where none."""
    given = form.get(f"{_prefix(draft)}keep", "")
    return given if given in ("mine", "theirs", "merge") else ""


def merged(form: Form, draft: Draft) -> str:
    """Return the words that a person made of both."""
    return form.get(f"{_prefix(draft)}merged", "")


def fields_of(draft: Draft) -> Iterator[tuple[str, str]]:
    """Give what was typed as names and values, for a form that carries it on unseen."""
    for field, value in draft.value.items():
        if isinstance(value, Mapping):
            yield from ((f"{_prefix(draft)}{field}.{part}", str(value[part])) for part in value)
        elif is_list(value):
            yield from ((f"{_prefix(draft)}{field}", str(one)) for one in value)
        else:
            yield f"{_prefix(draft)}{field}", str(value)


def added(form: Form) -> str:
    """Return the question that a person wants to add another entry to."""
    code = form.get("add", "")
    return code if _ADDED.fullmatch(code) else ""


def removed(form: Form) -> str:
    """Return the question that a person takes an entry out of."""
    code = form.get("remove", "").partition("@")[0]
    return code if _ADDED.fullmatch(code) else ""


def sent(form: Form) -> str:
    """Return the mark that the browser put on a form, to know whether it has arrived."""
    mark = form.get("sent", "")
    return mark if _SENT.fullmatch(mark) else ""


def mended(form: Form, drafts: Iterable[Draft]) -> list[Draft]:
    """Return the drafts in boxes that had shown words which could not be saved."""
    return [one for one in drafts if f"{_prefix(one)}unsaved" in form]


def stays(form: Form) -> str:
    """Return the question at which a person stays: they add to it, or take something out of it."""
    taken_out = form.get("remove", "") or form.get("remove_file", "")
    return added(form) or taken_out.partition("@")[0]


def chosen(files: Chosen, questionnaire: Questionnaire, draft: Draft) -> FileStorage | None:
    """Return the file that was chosen in a box for a document."""
    question = questionnaire.by_code.get(draft.question_code)
    found = files.get(f"{_prefix(draft)}upload")
    is_chosen = isinstance(question, DocumentQuestion) and found is not None and found.filename
    return found if is_chosen else None


def without_file(form: Form, drafts: Iterable[Draft]) -> list[Draft]:
    """Return drafts with the file taken out of the one whose file is to be removed."""
    name = form.get("remove_file", "")
    return [
        replace(one, value={**one.value, "file": ""}) if _prefix(one) == f"{name}:" else one
        for one in drafts
    ]


def _prefix(draft: Draft) -> str:
    return f"{draft.question_code}{'@' if draft.entry_id else ''}{draft.entry_id}:"


def _takes(
    questionnaire: Questionnaire, question: Question, section_code: str, entry_id: str
) -> bool:
    """Say whether a question of this section takes an answer under this entry."""
    if isinstance(question, GroupQuestion):
        return False
    is_entry = is_repeated(question) or questionnaire.group_of(question.code) is not None
    in_section = questionnaire.section(question.code).code == section_code
    return in_section and is_entry == bool(entry_id)


def _version(typed: str) -> int:
    return int(typed) if _VERSION.fullmatch(typed) else 0


def _fields(form: Form, question: Question, prefix: str) -> dict[str, object]:
    names = [name for name in form if name.startswith(prefix)]
    read = {name.removeprefix(prefix): form.getlist(name) for name in names}
    fields = dict(_READERS[question.type](read))
    missing = ", ".join(read.get("missing", []))
    return {**fields, "missing": missing} if missing else fields


Read = Mapping[str, list[str]]


def _plain(*names: str) -> Callable[[Read], Iterator[tuple[str, object]]]:
    def read(given: Read) -> Iterator[tuple[str, object]]:
        yield from ((name, given[name][0]) for name in names if name in given)

    return read


def _choice(name: str) -> Callable[[Read], Iterator[tuple[str, object]]]:
    """Read a choice of one, where "don't know" and "not applicable" stand among the choices."""

    def read(given: Read) -> Iterator[tuple[str, object]]:
        chosen = given.get(name, [""])[0]
        field = "missing" if chosen.startswith(MISSING) else name
        yield field, chosen.removeprefix(MISSING)
        # Words in a box that belongs to another choice than the one that was made.
        yield "other", given.get("other", [""])[0] if chosen in ("", OTHER) else ""

    return read


def _rating(given: Read) -> Iterator[tuple[str, object]]:
    yield next(_choice("rating")(given))


def _options(given: Read) -> Iterator[tuple[str, object]]:
    chosen = given.get("options", [])
    missing = [one.removeprefix(MISSING) for one in chosen if one.startswith(MISSING)]
    yield "options", [one for one in chosen if not one.startswith(MISSING)]
    # With scripts the box is hidden while its choice is not ticked, and nobody could empty it.
    yield "other", given.get("other", [""])[0] if OTHER in chosen else ""
    yield "missing", ", ".join(missing)


def _day(name: str, given: Read) -> dict[str, str]:
    return {part: given.get(f"{name}.{part}", [""])[0] for part in ("day", "month", "year")}


def _date(given: Read) -> Iterator[tuple[str, object]]:
    yield "date", _day("date", given)


def _document(given: Read) -> Iterator[tuple[str, object]]:
    yield from _plain("title", "kind", "url", "owner", "file", "may_share")(given)
    yield "dated", _day("dated", given)


_READERS: Final[Mapping[str, Callable[[Read], Iterator[tuple[str, object]]]]] = {
    "maturity": _rating,
    "single": _choice("option"),
    "multiple": _options,
    "number": _plain("number", "period"),
    "date": _date,
    "short": _plain("text"),
    "long": _plain("text"),
    "document": _document,
    "contact": _plain("name", "role", "email", "phone", "may_publish"),
}
