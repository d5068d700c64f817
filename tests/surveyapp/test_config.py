"""Settings need nothing, give nothing away, and keep the signing key private."""

import stat
from pathlib import Path

import pytest

from surveyapp.config import Settings


@pytest.fixture(autouse=True)
def _no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DATABASE_URL", "SECRET_KEY", "INSTANCE", "TRUSTED_HOSTS"):
        monkeypatch.delenv(name, raising=False)


def test_nothing_needs_to_be_set() -> None:
    settings = Settings()

    assert settings.engine_url.get_backend_name() == "sqlite"
    assert Path(settings.engine_url.database or "").is_absolute()
    assert settings.secret_key is None
    assert settings.trusted_hosts == ("127.0.0.1", "localhost")


def test_the_review_of_one_copy_is_not_that_of_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert Settings(instance=tmp_path).review_file == tmp_path / "review.docx"
    monkeypatch.setenv("INSTANCE", str(tmp_path / "other"))
    assert Settings().review_file == tmp_path / "other" / "review.docx"
    monkeypatch.setenv("REVIEW_FILE", str(tmp_path / "our.docx"))
    assert Settings().review_file == tmp_path / "our.docx"


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_a_server_is_used_when_it_is_named(scheme: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", f"{scheme}://someone@db/survey")

    engine_url = Settings().engine_url

    assert engine_url.get_backend_name() == "postgresql"
    assert engine_url.get_driver_name() == "psycopg"


def test_the_signing_key_is_made_once_and_is_for_our_eyes_only(tmp_path: Path) -> None:
    first = Settings(instance=tmp_path / "instance").signing_key
    second = Settings(instance=tmp_path / "instance").signing_key

    files = list((tmp_path / "instance").iterdir())
    assert first == second
    assert len(first) >= 60
    assert [file.name for file in files] == ["secret_key"]
    assert stat.S_IMODE(files[0].stat().st_mode) == 0o600


def test_a_given_signing_key_is_used_and_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "hush")

    settings = Settings()

    assert settings.signing_key == "hush"
    assert "hush" not in repr(settings)
