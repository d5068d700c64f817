"""Twenty interviewers who type: what locust does to the live screen's address, and a bare one.

Each types five letters a second, as their page does: at most one save is under way, and each save
takes all that was typed until then. What is told for every letter is how long it took from the key
until the answer that says it is saved. Addresses, cookies and tokens are in the file that USERS
names.
"""

import json
import os
import time
import uuid
from pathlib import Path
from typing import Final
from urllib.parse import urlencode

import gevent
from locust import FastHttpUser, task

LETTERS_A_SECOND: Final = 5
LETTERS_A_NOTE: Final = 120
HEARS_EVERY: Final = 5
WORDS: Final = "They say that most families come through their school, and nearly always too late. "
PEOPLE = iter(json.loads(Path(os.environ["USERS"]).read_text("utf-8")))


class Typist(FastHttpUser):
    """One interviewer with the live screen open."""

    def on_start(self) -> None:
        """Sit down, each a little later than the one before, and begin to listen."""
        self.person = next(PEOPLE)
        self.text, self.written = "", 0
        self.seen, self.note = 0, str(uuid.uuid4())
        self.headers = {
            "Cookie": f"session={self.person['cookie']}",
            "X-CSRFToken": self.person["token"],
        }
        self.hearing = gevent.spawn(self._hear)
        gevent.sleep(self.person["number"] / 100)
        self.began = time.monotonic()

    def on_stop(self) -> None:
        """Close the page."""
        self.hearing.kill()

    @task
    def type(self) -> None:
        """Save all that was typed since the last answer, and tell how long each letter waited."""
        typed = int((time.monotonic() - self.began) * LETTERS_A_SECOND)
        if typed <= self.written:
            gevent.sleep(self.began + (self.written + 1) / LETTERS_A_SECOND - time.monotonic())
            return
        self.text += "".join(WORDS[n % len(WORDS)] for n in range(self.written, typed))
        failed = self._save()
        at = time.monotonic()
        for letter in range(self.written + 1, typed + 1):
            waited = (at - self.began - letter / LETTERS_A_SECOND) * 1000
            self._tell(waited, failed)
        self.written = typed
        if len(self.text) >= LETTERS_A_NOTE:
            self.text, self.seen, self.note = "", 0, str(uuid.uuid4())

    def _save(self) -> Exception | None:
        body, kind = self._words()
        with self.client.post(
            self.person["address"],
            data=body,
            headers={**self.headers, "Content-Type": kind},
            name="save",
            catch_response=True,
        ) as answer:
            told = answer.json() if answer.status_code == 200 else {}
            if told.get("state") != "saved":
                answer.failure(f"{answer.status_code}: {answer.text[:200]}")
                return RuntimeError(answer.status_code)
            self.seen = told.get("seen", 0)
        return None

    def _words(self) -> tuple[str, str]:
        if self.person["is_bare"]:
            return urlencode({"text": self.text}), "application/x-www-form-urlencoded"
        note = {
            "by": self.person["by"],
            "id": self.note,
            "text": self.text,
            "seen": self.seen,
            "write": str(uuid.uuid4()),
            "unanswered": [],
            "prompt_code": "I01",
            "second": int(time.monotonic() - self.began),
        }
        return json.dumps(note), "application/json"

    def _hear(self) -> None:
        """Ask for what others noted, as the page does every few seconds."""
        while not self.person["is_bare"]:
            gevent.sleep(HEARS_EVERY)
            self.client.get(self.person["heard"], headers=self.headers, name="heard")

    def _tell(self, waited: float, failed: Exception | None) -> None:
        self.environment.events.request.fire(
            request_type="KEY",
            name="letter",
            response_time=waited,
            response_length=0,
            exception=failed,
            context={},
        )
