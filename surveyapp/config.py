"""Settings, read from the environment; every default is safe in use and fit to be public."""

import os
import secrets
from functools import cached_property
from pathlib import Path
from typing import Literal

import sqlalchemy as sa
from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    """How this copy of the service is set up. Nothing needs to be set to run it on one machine."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore")

    service_name: str = "Early help review"
    instance: Path = ROOT / "instance"
    database_url: str = ""
    secret_key: SecretStr | None = None
    review_file: Path = Field(default_factory=lambda given: given["instance"] / "review.docx")
    trusted_hosts: tuple[str, ...] = ("127.0.0.1", "localhost")
    # Shows the invented region to one person on one machine: staff need no second factor there.
    demo: bool = False
    # How many servers of ours stand before this one and say whom they speak for.
    proxies: int = 0
    # How long a person may do nothing before they are asked to sign in again.
    session_minutes: int = 120
    # Where this service is found, as mail that no request asked for writes it.
    service_url: str = "http://127.0.0.1:8000"
    # Rows only, shown at /outbox in the demo; or a mail server; or GOV.UK Notify.
    mail: Literal["outbox", "smtp", "notify"] = "outbox"
    mail_from: str = "Early help review <review@localhost>"
    smtp_url: SecretStr = SecretStr("smtp://localhost:25")
    notify_key: SecretStr = SecretStr("")
    notify_template: str = ""
    # With it GOV.UK Notify says which mail came back, at SERVICE_URL/mail/notify/delivery.
    notify_callback_token: SecretStr = SecretStr("")
    # Another organisation's sign-in service (OpenID Connect): staff may sign in with it instead.
    oidc_issuer: str = ""
    oidc_client_id: str = ""
    oidc_client_secret: SecretStr = SecretStr("")
    oidc_name: str = "your organisation"
    # How many working days before the close people who have not finished are reminded.
    reminder_days: tuple[int, ...] = (10, 5, 2)
    redis_url: SecretStr = SecretStr("")

    @cached_property
    def engine_url(self) -> sa.URL:
        """Return where the answers are kept: a SQLite file unless DATABASE_URL names a server."""
        if not self.database_url:
            return sa.URL.create("sqlite", database=str(self.instance.resolve() / "survey.db"))
        # Hosting companies still hand out the name that SQLAlchemy dropped.
        return sa.make_url(self.database_url.replace("postgres://", "postgresql://", 1))

    @cached_property
    def signing_key(self) -> str:
        """Return the key that signs cookies and links: SECRET_KEY, or one made here and kept."""
        if self.secret_key is not None:
            return self.secret_key.get_secret_value()
        path = self.instance / "secret_key"
        if not path.exists():
            _keep_new_key(path)
        return path.read_text(encoding="ascii")


def _keep_new_key(path: Path) -> None:
    """Write a random key that only this account can read; the first of several workers wins."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    draft.touch(mode=0o600)
    draft.write_text(secrets.token_urlsafe(48), encoding="ascii")
    # Linking fails when the key is already there, so no worker ever reads a half-written one.
    try:
        path.hardlink_to(draft)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
