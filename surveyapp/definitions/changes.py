"""What changed from one questionnaire to the next, question by question, and what it touches."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Final, Literal

from surveyapp.definitions.answers import problems
from surveyapp.definitions.explanations import explain
from surveyapp.definitions.questionnaire import Questionnaire
from surveyapp.definitions.questions import (
    ChoiceQuestion,
    MaturityQuestion,
    Option,
    Point,
    Question,
)
from surveyapp.definitions.reading import Frozen
from surveyapp.definitions.values import is_list

Kind = Literal["added", "removed", "wording", "options", "meaning", "limits", "layout"]

Settings = Mapping[str, str]
Offered = tuple[tuple[str, str], ...]
KINDS: Final[Mapping[str, Kind]] = {
    "title": "wording",
    "introduction": "wording",
    "guidance": "wording",
    "controller": "wording",
    "contact": "wording",
    "kept_for": "wording",
    "text": "wording",
    "hint": "wording",
    "options": "options",
    "other": "options",
    "exclusive": "options",
    "kinds": "options",
    "type": "meaning",
    "theme": "meaning",
    "show_if": "meaning",
    "unit": "meaning",
    "period": "meaning",
    "multiple_entries": "meaning",
    "use_level": "meaning",
    "required": "limits",
    "minimum": "limits",
    "maximum": "limits",
    "decimals": "limits",
    "words": "limits",
    "layout": "layout",
}
_OF_WHOLE: Final = ("title", "introduction")
_OF_PRIVACY: Final = ("controller", "contact", "kept_for")
_OF_SECTION: Final = ("title", "guidance", "layout", "use_level")
_COMPARED_APART: Final = ("options", "other", "show_if")
_UNTOUCHED: Final = ("added", "layout")


@dataclass(frozen=True, slots=True)
class Change:
    """One change to a question or section: what kind it is, and how it was and is now in words.

    `options` are the codes of options that are gone or read otherwise; `offered` is compared
    through them and the words.
    """

    code: str
    kind: Kind
    setting: str = ""
    before: str = ""
    after: str = ""
    options: tuple[str, ...] = ()
    # What could be chosen, and what can be now: codes with their words, in order.
    offered: tuple[Offered, Offered] = field(default=((), ()), compare=False, repr=False)

    def __str__(self) -> str:
        if self.kind in ("added", "removed"):
            return f"{self.code}: {self.kind}."
        was, now = (f"“{words}”" if words else "not set" for words in (self.before, self.after))
        return f"{self.code}, {self.kind}: `{self.setting}` was {was} and is {now}."


def compare(old: Questionnaire, new: Questionnaire) -> tuple[Change, ...]:
    """Return every change, in the order of the new questionnaire; what was removed comes last."""
    return (
        *_differing(new.code, _whole(old), _whole(new)),
        *_sections(old, new),
        *_questions(old, new),
        *_moved(tuple(old.by_code), tuple(new.by_code)),
        *(Change(code, "removed") for code in _codes(old) if code not in _codes(new)),
    )


def touches(change: Change, new: Questionnaire, value: object) -> bool:
    """Say whether a stored answer to the changed question answers, means or fits less than it did.

    An answer belongs to the words that were asked, so a question reworded touches every answer.
    """
    if change.kind in _UNTOUCHED or not isinstance(value, Mapping):
        return False
    if change.kind in ("removed", "meaning", "wording"):
        return True
    is_chosen = not _chosen(value).isdisjoint(change.options)
    return is_chosen or bool(problems(new, change.code, value))


def _chosen(value: Mapping[str, object]) -> set[str]:
    options = value.get("options")
    several = options if is_list(options) else ()
    return {str(one) for one in (value.get("option"), value.get("rating"), *several)}


def _codes(questionnaire: Questionnaire) -> tuple[str, ...]:
    return (*(section.code for section in questionnaire.sections), *questionnaire.by_code)


def _whole(questionnaire: Questionnaire) -> Settings:
    """Return what is said of the whole: its title, and who answers for what people tell us."""
    return {**_set(questionnaire, _OF_WHOLE), **_set(questionnaire.privacy, _OF_PRIVACY)}


def _sections(old: Questionnaire, new: Questionnaire) -> Iterator[Change]:
    before = {section.code: section for section in old.sections}
    for section in new.sections:
        was = before.get(section.code)
        if was is None:
            yield Change(section.code, "added")
        else:
            yield from _differing(section.code, _set(was, _OF_SECTION), _set(section, _OF_SECTION))


def _questions(old: Questionnaire, new: Questionnaire) -> Iterator[Change]:
    for code, question in new.by_code.items():
        was = old.by_code.get(code)
        if was is None:
            yield Change(code, "added")
        else:
            yield from _differing(code, _settings(old, was), _settings(new, question))
            yield from _options(code, offered(old, was), offered(new, question))
            if was.show_if != question.show_if:
                routing = (_shown_if(was, old), _shown_if(question, new))
                yield Change(code, "meaning", "show_if", *routing)


def _settings(questionnaire: Questionnaire, question: Question) -> Settings:
    """Return a question's settings; its theme is the one it asks about, whoever names it."""
    fields = [field for field in type(question).model_fields if field in KINDS]
    return {
        **_set(question, [field for field in fields if field not in _COMPARED_APART]),
        "theme": questionnaire.theme_of(question.code),
    }


def _shown_if(question: Question, questionnaire: Questionnaire) -> str:
    return explain(question.show_if, questionnaire) if question.show_if else ""


def _set(item: Frozen, fields: Iterable[str]) -> Settings:
    return {field: _in_words(getattr(item, field)) for field in fields}


def _in_words(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return "; ".join(map(str, value))
    return "" if value is None else str(value)


def _differing(code: str, was: Settings, now: Settings) -> Iterator[Change]:
    """Yield the settings that differ; those that only one type has go with the change of type."""
    for setting in now:
        if setting in was and was[setting] != now[setting]:
            yield Change(code, KINDS[setting], setting, was[setting], now[setting])


def offered(questionnaire: Questionnaire, question: Question) -> Settings:
    """Return what people choose from, by code: options, or the points of the scale."""
    match question:
        case ChoiceQuestion():
            return {option.code: _option(option) for option in question.choices}
        case MaturityQuestion():
            return {str(point.value): _point(point) for point in questionnaire.scale}
    return {}


def _option(option: Option) -> str:
    return f"{option.text} (alone)" if option.exclusive else option.text


def _point(point: Point) -> str:
    return f"{point.label}: {point.help}" if point.help else point.label


def _options(code: str, was: Settings, now: Settings) -> Iterator[Change]:
    changed = tuple(option for option in was if was[option] != now.get(option))
    if was and now and list(was.items()) != list(now.items()):
        texts = ("; ".join(was.values()), "; ".join(now.values()))
        both = (tuple(was.items()), tuple(now.items()))
        yield Change(code, "options", "options", *texts, changed, both)


def _moved(was: Sequence[str], now: Sequence[str]) -> Iterator[Change]:
    """Yield the questions that are not in the order they were among those that stayed."""
    before = [code for code in was if code in now]
    after = [code for code in now if code in was]
    blocks = SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
    kept = {code for at, _, size in blocks for code in before[at : at + size]}
    for code in after:
        if code not in kept:
            yield Change(code, "layout", "place", _after(code, was), _after(code, now))


def _after(code: str, order: Sequence[str]) -> str:
    place = order.index(code)
    return f"after {order[place - 1]}" if place else "first"
