"""Lines of typed notes that open with a prompt's code, as "I01: Schools ring us first" does.

Whoever typed the code said where the words belong. That is chosen for them, and they still decide.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final

from surveyapp.interview.bringing.passages import (
    MOST_PASSAGES,
    Brought,
    Passage,
    UnreadableFileError,
)
from surveyapp.interview.bringing.reading import TOO_LONG
from surveyapp.models import Interview
from surveyapp.published import asked_on

Codes = Mapping[str, str]
"""The prompt that each code stands for, a probe's code for the prompt it is asked under."""

_OPENS: Final = re.compile(
    r"\s*(?:[-*•]\s+)?(?P<code>\w+(?:\.\w+)*)(?:\s*:|\s*[.)–—-]\s)\s*(?P<words>\S.*)", re.DOTALL
)


def codes_of(interview: Interview) -> Codes:
    """Return every code of the guide that an interview was asked by, in small letters."""
    prompts = asked_on(interview).prompts
    probes = {probe.code.casefold(): one.code for one in prompts for probe in one.probes}
    return probes | {one.code.casefold(): one.code for one in prompts}


def take_off(brought: Brought, codes: Codes) -> Brought:
    """Return plain notes with each passage's code off its words, and known as its prompt."""
    if brought.source != "txt":
        return brought
    found = [_named(part, codes) for one in brought.passages for part in _parts(one, codes)]
    if len(found) > MOST_PASSAGES:
        raise UnreadableFileError(TOO_LONG)
    return replace(brought, passages=tuple(found))


def _parts(passage: Passage, codes: Codes) -> Iterator[Passage]:
    """Part a passage before every line of it that opens with a code."""
    for lines in _runs(passage.text.split("\n"), codes):
        yield replace(passage, text="\n".join(lines).strip())


def _runs(lines: Iterable[str], codes: Codes) -> Iterator[list[str]]:
    run: list[str] = []
    for line in lines:
        if run and _opening(line, codes):
            yield run
            run = []
        run.append(line)
    yield run


def _named(passage: Passage, codes: Codes) -> Passage:
    opening = _opening(passage.text, codes)
    if opening is None:
        return passage
    prompt, words = opening
    return replace(passage, text=words, prompt=prompt)


def _opening(text: str, codes: Codes) -> tuple[str, str] | None:
    """Return the prompt whose code a text opens with, and its other words; None where none does."""
    found = _OPENS.fullmatch(text)
    prompt = codes.get(found["code"].casefold()) if found else None
    return (prompt, found["words"]) if found and prompt else None
