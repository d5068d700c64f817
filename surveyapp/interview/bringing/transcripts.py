"""A transcript in WebVTT, as a Teams call gives it: who said what, at which second.

Reading is strict: a cue that cannot be read is told of by its line, and no words are passed over.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from surveyapp.interview.bringing.passages import Passage, UnreadableFileError

NO_HEADER: Final = (
    "This is not a transcript in WebVTT: its first line is not WEBVTT. If it is plain text, call "
    "it .txt and choose it again."
)
NO_CUES: Final = "There are no words in this transcript."
_SAVE_AGAIN: Final = "Download the transcript once more, or save it as plain text (.txt)."
# A hand-made file may leave out the hours, and zeros in front; Teams once did.
_TIME: Final = r"(?:(\d{1,4}):)?(\d{1,2}):(\d{1,2})[.,]\d{1,3}"
_TIMING: Final = re.compile(rf"\s*{_TIME}\s*-->\s*{_TIME}(?:\s.*)?")
_NO_CUE: Final = re.compile(r"(NOTE|STYLE|REGION)(\s|$)")
_VOICE: Final = re.compile(r"<v(?:\.[^\s>]*)?\s+([^>]+)>")
_TAG: Final = re.compile(r"</?(?:c|i|b|u|v|ruby|rt|lang)(?:[.\s][^>]*)?>|<\d[\d:.]*>")
# One speaker's cues are one passage, until they have paused or gone on for long.
_PAUSE: Final = 30
_LONG: Final = 900


@dataclass(slots=True)
class _Run:
    """The words of one speaker without anybody between."""

    speaker: str
    second: int
    last: int
    words: list[str]

    def takes(self, speaker: str, second: int) -> bool:
        """Say whether more words belong to it."""
        is_long = sum(len(one) for one in self.words) > _LONG
        return speaker == self.speaker and second - self.last <= _PAUSE and not is_long


def read(text: str) -> list[Passage]:
    """Return what was said in order, a passage for each run of one speaker."""
    runs: list[_Run] = []
    for second, speaker, words in _said(text):
        if runs and runs[-1].takes(speaker, second):
            runs[-1].words.append(words)
            runs[-1].last = second
        else:
            runs.append(_Run(speaker, second, second, [words]))
    if not runs:
        raise UnreadableFileError(NO_CUES)
    return [Passage(" ".join(one.words), one.speaker, one.second) for one in runs]


def _said(text: str) -> Iterator[tuple[int, str, str]]:
    for second, payload in _cues(text):
        for speaker, words in _voices(payload):
            if words:
                yield second, speaker, words


def _cues(text: str) -> Iterator[tuple[int, str]]:
    """Give the second of every cue and what it says."""
    lines = text.removeprefix("\ufeff").split("\n")
    if not re.match(r"WEBVTT(\s|$)", lines[0]):
        raise UnreadableFileError(NO_HEADER)
    for number, block in _blocks(lines):
        if number == 1 or _NO_CUE.match(block[0]):
            continue
        yield _cue(number, block)


def _blocks(lines: list[str]) -> Iterator[tuple[int, list[str]]]:
    """Part the lines at empty ones; give each block with the number of its first line."""
    block: list[str] = []
    for number, line in enumerate([*lines, ""], start=1):
        if line.strip():
            block.append(line)
        elif block:
            yield number - len(block), block
            block = []


def _cue(number: int, block: list[str]) -> tuple[int, str]:
    """Read a cue: a name that it may have, its times, and its words."""
    for at, line in enumerate(block[:2]):
        timing = _TIMING.fullmatch(line)
        if timing:
            hours, minutes, seconds = (int(one or 0) for one in timing.groups()[:3])
            _refuse_times_within(number, block[at + 1 :])
            return hours * 3600 + minutes * 60 + seconds, "\n".join(block[at + 1 :])
    raise _unreadable(number)


def _refuse_times_within(number: int, lines: list[str]) -> None:
    if any(_TIMING.fullmatch(one) for one in lines):
        raise _unreadable(number)


def _unreadable(number: int) -> UnreadableFileError:
    return UnreadableFileError(
        f"We cannot read the transcript at line {number}: there are no times that we know, as in "
        f"00:01:05.000 --> 00:01:09.500. {_SAVE_AGAIN}"
    )


def _voices(payload: str) -> Iterator[tuple[str, str]]:
    """Give who says what in a cue; words before the first name are nobody's."""
    first, *rest = _VOICE.split(payload)
    yield "", _plain(first)
    for speaker, words in zip(rest[::2], rest[1::2], strict=True):
        yield _plain(speaker), _plain(words)


def _plain(marked: str) -> str:
    return " ".join(html.unescape(_TAG.sub("", marked)).split())
