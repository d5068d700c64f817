"""What a line of commands comes to on one passage, worked out before anything is written."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from surveyapp.coding import telling
from surveyapp.derived.acts import Change, On, Place
from surveyapp.derived.commands import Command, CommandError
from surveyapp.derived.context import GIVEN, InContext, OnIt
from surveyapp.models import Passage
from synthesis.codebook import Codebook

OTHER_CODER = "Another coder decided on {}. Accept it or turn it down."
NO_THEME = (
    "Give the words you chose a theme: type 1 to accept suggestion 1, or a code such as +S03. Or "
    "go back to the whole passage."
)


@dataclass(slots=True)
class Sheet:
    """A passage as its coder saw it, and what they want of it.

    `seen` are the themes by the numbers they had on the coder's page; `own` reads the coder's
    verdicts, which most lines do without.
    `is_finished` is known from the beginning: the line ends with it.
    """

    shown: InContext
    themes: Codebook
    own: Callable[[], Mapping[str, str]]
    seen: tuple[str, ...]
    wanted: dict[str, str] = field(default_factory=dict)
    memos: list[str] = field(default_factory=list)
    is_finished: bool = False
    is_used: bool = False

    @property
    def base(self) -> Place:
        """Return where the passage stands."""
        passage = self.shown.passage
        return Place(passage.response, passage.start, passage.end)

    @property
    def place(self) -> Place:
        """Return where the words stand that were chosen: mostly the passage’s own."""
        return Place(self.shown.passage.response, self.shown.start, self.shown.end)

    @property
    def decides(self) -> bool:
        """Say whether anything is to be written about the words."""
        return bool(self.wanted) or self.is_finished or self.is_used

    @property
    def on_it(self) -> dict[str, OnIt]:
        """Return what stands on the passage, by theme."""
        return {one.theme: one for one in self.shown.on_it}

    def follow(self, command: Command) -> None:
        """Take a command up. Raises CommandError where it makes no sense here."""
        do = _DOING.get(command.kind)
        if do is not None:
            do(self, command)

    def verdict(self, theme: str) -> str:
        """Return what is to stand on a theme."""
        found = self.on_it.get(theme)
        return self.wanted.get(theme, found.verdict if found else "")

    def change(self) -> Change:
        """Return what is to be written; CommandError where words are left without a theme."""
        return self._drawing() if self.shown.is_moved else self._deciding()

    def _deciding(self) -> Change:
        verdicts = dict(self.wanted)
        if not self.is_finished:
            return Change({On(self.base, theme): one for theme, one in verdicts.items()})
        # What a coder did not give a passage that they have finished, it does not carry.
        verdicts |= dict.fromkeys(self._open_still(), "reject")
        return Change(
            {On(self.base, theme): one for theme, one in verdicts.items()},
            finished={self.base: self._scored()},
        )

    def _scored(self) -> dict[str, float]:
        """Return what is suggested on the passage, decided or not, and how surely."""
        return {one.theme: one.score for one in self.shown.on_it if one.score is not None}

    def _open_still(self) -> list[str]:
        """Return the suggestions that neither the line nor anybody before it decides on."""
        return [theme for theme in self._scored() if not self.verdict(theme)]

    def _drawing(self) -> Change:
        """Move the themes that the passage was given to the words chosen, and be done with both.

        The same words must not stand twice under a theme: the sentence that they come from is
        finished without any. Words that are none of the passage’s take nothing away from it.
        """
        given = {theme for theme in self._moving() if self.verdict(theme) in GIVEN}
        if not given:
            raise CommandError(NO_THEME)
        verdicts: dict[On, str] = {}
        finished: dict[Place, Mapping[str, float] | None] = {}
        for passage in self._giving_up():
            on_it = self.shown.tags[passage.key]
            place = Place(passage.response, passage.start, passage.end)
            goes = [one for one in on_it if place == self.base or one.theme in given]
            verdicts |= {
                On(place, one.theme): self._without(place, one)
                for one in goes
                if one.verdict != "reject"
            }
        if self._is_from_it and self.shown.passage.drawn:
            verdicts |= {On(self.base, theme): "" for theme in self.own()}
            finished[self.base] = None
        elif self._is_from_it:
            finished[self.base] = self._scored()
        verdicts |= {On(self.place, theme): "add" for theme in given}
        return Change(verdicts, {**finished, self.place: {}})

    @property
    def _is_from_it(self) -> bool:
        """Say whether some of the words chosen are the passage’s own."""
        return self.shown.start < self.base.end and self.base.start < self.shown.end

    @property
    def _leaves_sentence(self) -> bool:
        """Say whether a sentence is finished by having words of it drawn."""
        return self._is_from_it and not self.shown.passage.drawn

    def _moving(self) -> set[str]:
        return {*self.wanted, *(self.on_it if self._is_from_it else ())}

    def _giving_up(self) -> Iterator[Passage]:
        """Yield the passages whose words are those chosen, or some of them, or hold them all."""
        for one in self.shown.beside:
            is_within = self.shown.start <= one.start and one.end <= self.shown.end
            holds_all = one.start <= self.shown.start and self.shown.end <= one.end
            place = Place(one.response, one.start, one.end)
            is_base = place == self.base and self._is_from_it
            if is_base or (not one.drawn and (is_within or holds_all)):
                yield one

    def _without(self, place: Place, one: OnIt) -> str:
        """Return the verdict that takes a theme off words; one’s own addition just goes."""
        is_own = place == self.base and one.theme in self.own()
        return "" if one.score is None and is_own else "reject"

    def said(self) -> str:
        """Say what was done, in a few words and none of the respondent’s."""
        said = [*self._said_of_left(), *self._said_of_themes()]
        if self.shown.is_moved and self.decides:
            said.insert(0, self._said_of_drawing())
        if self.memos:
            said.append("Memo kept.")
        return " ".join(said)

    def _said_of_drawing(self) -> str:
        if self._leaves_sentence:
            return "Passage drawn. The sentence it came from is finished without it."
        return "Passage drawn."

    def _said_of_themes(self) -> Iterator[str]:
        by_words: dict[str, list[str]] = {}
        for theme, verdict in self.wanted.items():
            by_words.setdefault(_WORDS[verdict], []).append(theme)
        for words, themes in by_words.items():
            yield f"{words}: {self._named(themes)}."

    def _said_of_left(self) -> Iterator[str]:
        # Nobody typed this: it comes of finishing, and a coder may not have meant it.
        finishes = self._leaves_sentence if self.shown.is_moved else self.is_finished
        left = self._open_still() if finishes and self.decides else ()
        if left:
            yield f"Turned down with it: {self._named(left)}."

    def _named(self, themes: Iterable[str]) -> str:
        return ", ".join(telling.named(self.themes, one) for one in themes)

    def _numbered(self, number: int) -> str:
        if not 1 <= number <= len(self.seen):
            last = len(self.seen)
            known = f"The last number is {last}." if last else "There are no numbers here."
            raise CommandError(f"Number {number} is not on this passage. {known}")
        return self.seen[number - 1]

    def _give(self, theme: str) -> None:
        found = self.on_it.get(theme)
        is_suggested = found is not None and found.score is not None
        self.wanted[theme] = "accept" if is_suggested else "add"

    def _leave_open(self, theme: str) -> None:
        if self.on_it.get(theme) and theme not in self.own() and theme not in self.wanted:
            raise CommandError(OTHER_CODER.format(theme))
        self.wanted[theme] = ""

    def _turn_down(self, theme: str) -> None:
        found = self.on_it.get(theme)
        is_only_added = found is None or found.score is None
        # What nobody suggested goes when its decision does; another coder's has to be overruled.
        is_mine = theme in self.own() or found is None
        self.wanted[theme] = "" if is_only_added and is_mine else "reject"

    def accept(self, command: Command) -> None:
        """Accept what has this number; once more, and it is open again."""
        theme = self._numbered(command.number)
        if self.verdict(theme) in GIVEN:
            self._leave_open(theme)
        else:
            self._give(theme)

    def reject(self, command: Command) -> None:
        """Turn down what has this number; once more, and it is open again."""
        theme = self._numbered(command.number)
        if self.verdict(theme) == "reject":
            self._leave_open(theme)
        else:
            self._turn_down(theme)

    def accept_all(self, _: Command) -> None:
        """Accept every open suggestion that the coder saw."""
        for theme in self._open():
            self._give(theme)

    def reject_all(self, _: Command) -> None:
        """Turn every open suggestion down that the coder saw."""
        for theme in self._open():
            self._turn_down(theme)

    def _open(self) -> list[str]:
        found = [one for one in self.seen if one in self.on_it and not self.verdict(one)]
        if not found and not self.is_finished:
            raise CommandError("No suggestion is open here.")
        return found

    def add(self, command: Command) -> None:
        """Add a theme of the codebook."""
        theme = self._known(command.theme)
        if self.verdict(theme) in GIVEN and not self.shown.is_moved:
            raise CommandError(f"The passage has {theme} already.")
        self._give(theme)

    def take_off(self, command: Command) -> None:
        """Take a theme off, or turn its suggestion down."""
        theme = self._known(command.theme)
        if not self.verdict(theme) and theme not in self.on_it:
            raise CommandError(f"The passage does not have {theme}.")
        self._turn_down(theme)

    def _known(self, typed: str) -> str:
        here = (*self.seen, *(theme.code for theme in self.themes))
        for code in here:
            if code.lower() == typed.lower():
                return code
        raise CommandError(f"The codebook has no theme {typed}. Choose one from the list.")

    def move(self, command: Command) -> None:
        """Let the words begin or end elsewhere."""
        moved = self.shown.moving(command.edge, command.number, command.unit)
        if (moved.start, moved.end) == (self.shown.start, self.shown.end):
            raise CommandError("The words cannot go further that way.")
        self.shown = moved

    def use(self, _: Command) -> None:
        """Draw a passage of the words chosen."""
        if not self.shown.is_moved:
            raise CommandError("Choose other words first, for example with b+1 or e-1.")
        self.is_used = True

    def keep_memo(self, command: Command) -> None:
        """Keep a memo on the passage."""
        self.memos.append(command.text)


_WORDS: Mapping[str, str] = {
    "accept": "Accepted",
    "add": "Added",
    "reject": "Turned down",
    "": "Taken back",
}
_DOING: Mapping[str, Callable[[Sheet, Command], None]] = {
    "accept": Sheet.accept,
    "reject": Sheet.reject,
    "accept all": Sheet.accept_all,
    "reject all": Sheet.reject_all,
    "add": Sheet.add,
    "take off": Sheet.take_off,
    "move": Sheet.move,
    "use": Sheet.use,
    "memo": Sheet.keep_memo,
}
