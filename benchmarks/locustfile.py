"""Twenty people who type: what locust does to the service, and to the bare one.

Each has a return of their own and saves a growing answer of sixty words again and again, going on
to the next question after a few saves. Addresses, cookies and tokens are in the file that USERS
names.
"""

import json
import os
from itertools import count, cycle
from pathlib import Path
from typing import Final

from locust import FastHttpUser, task

WORDS: Final = 60
SAVES_A_QUESTION: Final = 5
PEOPLE = iter(json.loads(Path(os.environ["USERS"]).read_text("utf-8")))


class Writer(FastHttpUser):
    """One person with a box open; no pause between two saves, to find how many there can be."""

    def on_start(self) -> None:
        """Sit down: with a cookie and a token, as a page carries them."""
        self.person = next(PEOPLE)
        self.boxes = cycle(self.person["boxes"])
        self.box = next(self.boxes)
        self.seen: dict[str, int] = {}
        self.saves = count(1)

    @task
    def save(self) -> None:
        """Save what has been typed so far, and take note of its version."""
        number = next(self.saves)
        if number % SAVES_A_QUESTION == 0:
            self.box = next(self.boxes)
        code, address = self.box
        form = {
            f"{code}:seen": str(self.seen.get(code, 0)),
            f"{code}:text": " ".join(["families"] * (WORDS - 1) + [str(number)]),
            "csrf_token": self.person["token"],
        }
        headers = {"Cookie": f"session={self.person['cookie']}"}
        with self.client.post(
            address, data=form, headers=headers, name="save", catch_response=True
        ) as answer:
            told = answer.json() if answer.status_code == 200 else {}
            if told.get("state") != "saved":
                answer.failure(f"{answer.status_code}: {answer.text[:200]}")
            self.seen[code] = told.get("versions", {}).get(code, 0)
