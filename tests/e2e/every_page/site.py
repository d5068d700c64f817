"""The service as every page of it is looked at: one copy of it, and a person of every kind."""

import datetime as dt
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from flask import Flask, session
from sqlalchemy import update

from surveyapp import guards, links
from surveyapp.account.routes.entrance import HALF, HALF_SINCE
from surveyapp.extensions import begin_writing, db
from surveyapp.models import Survey
from tests.e2e.every_page import furniture
from tests.e2e.every_page.furniture import CLOSING, PEOPLE, STAFF
from tests.surveyapp.building import somebody, submission_of


@dataclass(frozen=True)
class Site:
    """The service running; parts are the names that states give to ids in its addresses."""

    app: Flask
    address: str
    parts: Mapping[str, str]
    files: Mapping[str, Path]
    cookies: dict[str, str] = field(default_factory=dict)

    def url(self, endpoint: str, parts: Mapping[str, str]) -> str:
        """Return the address of a page; what is no part of its path is asked of it."""
        known = {name: self.parts.get(value, value) for name, value in parts.items()}
        with self.app.test_request_context():
            return self.address + self.app.url_for(endpoint, **known)

    def cookie(self, who: str) -> str:
        """Return what the browser of a person who has signed in keeps."""
        if who not in self.cookies:
            signer = self.app.session_interface.get_signing_serializer(self.app)
            self.cookies[who] = str(signer.dumps(self._kept(who)))
        return self.cookies[who]

    def _kept(self, who: str) -> dict[str, object]:
        with self.app.test_request_context():
            person = somebody(db.session, PEOPLE[who])
            if who.startswith("half"):
                return {HALF: person.id.hex, HALF_SINCE: time.time()}
            guards.sign_in(person, strongly=who in {*STAFF, "keyholder"})
            return dict(session)

    def answer(self, code: str, value: Mapping[str, object]) -> None:
        """Answer a question of Birch's meanwhile, elsewhere."""
        with self.app.app_context():
            begin_writing(db.session)
            furniture.answer(db.session, submission_of(db.session, "Birch"), code, value)
            db.session.commit()

    def let_close(self, *, is_closed: bool) -> None:
        """Close the survey that closes while somebody is writing, or open it again."""
        with self.app.app_context():
            begin_writing(db.session)
            closed_at = dt.datetime.now(dt.UTC) if is_closed else None
            theirs = update(Survey).where(Survey.code == CLOSING)
            db.session.execute(theirs.values(closed_at=closed_at))
            db.session.commit()

    def new_link(self, who: str) -> str:
        """Return the address of a new link of a person."""
        now = dt.datetime.now(dt.UTC)
        with self.app.app_context():
            begin_writing(db.session)
            person = somebody(db.session, PEOPLE[who])
            if person.staff_role:
                token = links.sign_in(db.session, person, now)
            else:
                token = links.invite(db.session, person, submission_of(db.session, "Birch"), now)
            db.session.commit()
        return f"{self.address}/link/{token}"
