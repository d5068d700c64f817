"""A person at a browser who types, saves, hears of colleagues, finishes and submits, at random."""

import random
import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Final

import requests
from flask import Flask
from itsdangerous import URLSafeTimedSerializer
from lxml import html
from requests import Response

from surveyapp.models import Person
from tests.service.ledger import Key, Ledger, Words
from tests.surveyapp.respond.filling import signed_in

PATIENCE: Final = 30
# Where words or numbers go: the section, the question, its field, and whether it has entries.
PLACES: Final = (
    ("S01", "S01.2", "text", False),
    ("S01", "S01.4", "number", False),
    ("S01", "S01.5", "title", True),
    ("Z1", "Z1.1.a", "text", True),
    ("Z1", "Z1.1.c", "text", True),
)
FIELDS: Final = {code: field for _, code, field, _ in PLACES}
BOX: Final = re.compile(r"([\w.]+?)(?:@([\w-]+))?:(text|number|title)")
MOST_MERGED: Final = 12  # words; questions of the tiny questionnaire take twenty
Form = dict[str, str]


@dataclass
class Hand:
    """One person, signed in; everything they are told goes into the ledger."""

    url: str
    cookie: str
    token: str  # shows that a form comes from one of our pages
    person_id: uuid.UUID
    chance: random.Random
    number: int
    first: int = 0  # what is written is numbered from here, so that it is never written twice
    ledger: Ledger = field(default_factory=Ledger)
    answers: list[int] = field(default_factory=list)
    seen: dict[Key, int] = field(default_factory=dict)
    pages: dict[str, Form] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.written = count(self.first)
        self.browser = requests.Session()
        self.browser.cookies.set("session", self.cookie, domain="127.0.0.1", path="/")
        self.browser.trust_env = False

    def act(self) -> None:
        """Do what people do: mostly type, often press the button, sometimes finish a section."""
        chosen = self.chance.choices((self.type, self.press, self.finish), (6, 3, 1))[0]
        chosen()

    def open(self, section: str) -> Form:
        """Open a section, and see everything that stands there now."""
        page = self._heard(self.browser.get(self._at(section), timeout=PATIENCE))
        form = form_of(page, default={})  # a return that was handed in can only be read
        for name, value in form.items():
            if name.endswith(":seen"):
                self.seen[key_of(name)] = int(value)
        return form

    def type(self) -> None:
        """Have what is being typed saved by the page itself."""
        section, code, _, repeats = self.chance.choice(PLACES)
        key = (code, self.chance.choice(("e1", "e2")) if repeats else "")
        words = self._words(key, self.seen.get(key, 0))
        form = self._box(words) | {"csrf_token": self.token}
        reply = self._post(f"{self._at(section)}/typing", form)
        told = reply.json()
        if told["state"] == "saved":
            assert told["versions"][name_of(key)] == words.seen + 1
            self.seen[key] = words.seen + 1
            self.ledger.saved.append(words)
        elif told["state"] == "closed":
            self.ledger.kept.append(words)
        else:
            assert told["state"] == "conflict", told
            self._send(self._at(section), form, {key: words})

    def press(self) -> None:
        """Change some boxes of a page, opened now or some time ago, and press its button."""
        section = self.chance.choice(("S01", "Z1"))
        form = self.pages.pop(section, None) or self.open(section)
        if not form:
            return
        if self.chance.random() < 0.3:
            self.pages[section] = dict(form)  # the same page, open in a second tab
        boxes = [name for name in form if (found := BOX.fullmatch(name)) and found[1] in FIELDS]
        words: dict[Key, Words] = {}
        for name in self.chance.sample(boxes, k=min(len(boxes), self.chance.randint(1, 3))):
            key = key_of(name)
            words[key] = self._words(key, int(form[f"{name_of(key)}:seen"]))
            form[name] = words[key].text
        self._send(self._at(section), form, words)

    def finish(self) -> None:
        """Say that a section is finished, or is not after all, and how its words may be used."""
        section = self.chance.choice(("S01", "Z1"))
        form = {
            "csrf_token": self.token,
            "use_level": self.chance.choice(("named", "unnamed", "withheld")),
            "finished": self.chance.choice(("yes", "no")),
        }
        self._post(f"{self._at(section)}/finish", form)

    def submit(self) -> bool:
        """Hand the return in, as its coordinator, and say whether it was taken."""
        form = {"csrf_token": self.token, "declared": "yes"}
        return self._post(f"{self.url}/submit", form).status_code == 303

    def rate(self, rating: int) -> None:
        """Answer the question that brings others up."""
        form = self.open("S01")
        form["S01.1:rating"] = str(rating)
        assert self._post(self._at("S01"), form).status_code == 303

    def _send(self, address: str, form: Form, words: Mapping[Key, Words]) -> None:
        """Press the button, and settle what colleagues changed meanwhile until all is said."""
        answer = self._post(address, form)
        while answer.status_code == 409:
            found = form_of(answer, default={})
            torn = {key_of(name) for name in found if name.endswith(":conflict")}
            if not torn:
                self.ledger.kept += words.values()
                return
            self.ledger.saved += [one for key, one in words.items() if key not in torn]
            words = self._decided(found, {key: words[key] for key in torn})
            answer = self._post(f"{address}/conflicts", found)
        assert answer.status_code == 303, (answer.status_code, answer.text)
        self.ledger.saved += words.values()

    def _decided(self, form: Form, words: Mapping[Key, Words]) -> dict[Key, Words]:
        """Keep mine, keep theirs or merge, and return what of mine is sent again."""
        again: dict[Key, Words] = {}
        for key, mine in words.items():
            name = name_of(key)
            merged = form.get(f"{name}:merged", "")
            assert not merged or mine.text in merged
            can_merge = 0 < len(merged.split()) <= MOST_MERGED
            keep = self.chance.choice(("mine", "theirs", "merge" if can_merge else "mine"))
            form[f"{name}:keep"] = keep
            if keep != "theirs":
                again[key] = Words(key, mine.text, int(form[f"{name}:seen"]), self.person_id)
        return again

    def _words(self, key: Key, seen: int) -> Words:
        text = f"{self.number + 1}{next(self.written):06}"
        return Words(key, text if FIELDS[key[0]] == "number" else f"w{text}", seen, self.person_id)

    def _box(self, words: Words) -> Form:
        name = name_of(words.key)
        return {f"{name}:seen": str(words.seen), f"{name}:{FIELDS[words.key[0]]}": words.text}

    def _at(self, section: str) -> str:
        return f"{self.url}/sections/{section}"

    def _post(self, address: str, form: Form) -> Response:
        return self._heard(
            self.browser.post(address, data=form, timeout=PATIENCE, allow_redirects=False)
        )

    def _heard(self, answer: Response) -> Response:
        self.answers.append(answer.status_code)
        assert answer.status_code in (200, 303, 409, 422), (answer.status_code, answer.text)
        return answer


def form_of(page: Response, default: Form | None = None) -> Form:
    """Return what a browser would send from the form in the main part of a page."""
    for form in html.fromstring(page.content).xpath("//main//form"):
        found = {name: str(value).removeprefix("\n") for name, value in form.form_values()}
        if "csrf_token" in found:
            return found
    assert default is not None, page.text
    return default


def key_of(name: str) -> Key:
    code, _, entry = name.partition(":")[0].partition("@")
    return code, entry


def name_of(key: Key) -> str:
    return f"{key[0]}@{key[1]}" if key[1] else key[0]


def keys_of(app: Flask, person: Person) -> tuple[str, str]:
    """Return the cookie of somebody who has signed in, and the token that their forms carry."""
    kept = signed_in(app, person) | {"csrf_token": "a" * 40}
    with app.app_context():
        serializer = app.session_interface.get_signing_serializer(app)
    tokens = URLSafeTimedSerializer(app.secret_key or "", salt="wtf-csrf-token")
    return str(serializer.dumps(kept)), str(tokens.dumps(kept["csrf_token"]))
