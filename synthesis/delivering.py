"""Work that a person waits for: a bar that says how far it is, and a file that is whole or not."""

import errno
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from tqdm import tqdm

from synthesis.errors import InputError


@contextmanager
def progress() -> Iterator[Callable[[str, float], None]]:
    """Show a bar, and give what moves it on: told what is done now, and the share behind us."""
    with tqdm(total=100, unit="%", bar_format="{l_bar}{bar}| {elapsed}") as bar:

        def tell(doing: str, share: float) -> None:
            bar.set_description(doing)
            bar.update(round(share * 100) - bar.n)

        yield tell


@contextmanager
def replacing(path: Path) -> Iterator[IO[bytes]]:
    """Open a file to write that takes its place only when it is whole."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    except OSError as error:
        raise InputError(
            str(path), f"The file cannot be written: {error.strerror}.", "Name another place."
        ) from error
    part = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            yield stream
        part.chmod(0o644)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
