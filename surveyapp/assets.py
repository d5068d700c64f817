"""Styles and scripts: their address tells what is in them, so a browser asks for each only once."""

import hashlib
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parent / "static"
KEPT_SECONDS: Final = 365 * 24 * 60 * 60
"""How long a browser may keep them: longer than any of them stays as it is."""
LENGTH: Final = 12


def address() -> str:
    """Return where they are served: another place as soon as one of them changes.

    They ask for each other by their names beside them, and so stay together.
    """
    sha = hashlib.sha256()
    for path in sorted(FOLDER.rglob("*")):
        if path.is_file():
            sha.update(path.relative_to(FOLDER).as_posix().encode() + b"\0" + path.read_bytes())
    return f"/static/{sha.hexdigest()[:LENGTH]}"
