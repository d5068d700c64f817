"""Snapshots: a definition as published, which never changes and is known by its content."""

import hashlib
import json
from typing import Self

from surveyapp.definitions.reading import Frozen, Table


def canonical(plain: object) -> str:
    """Return the one way of writing these things as JSON."""
    return json.dumps(
        plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )


def content_hash(canonical: str) -> str:
    """Return the SHA-256 of a snapshot's canonical JSON: the name it is kept under."""
    return hashlib.sha256(canonical.encode()).hexdigest()


class Snapshot(Frozen):
    """A definition that can be published, kept as JSON and rebuilt from it.

    Settings left at their defaults are not written, so a setting added to the format later changes
    no published hash. For the same reason the default of a published setting never changes.
    """

    def plain(self) -> Table:
        """Return the definition as it would be written in its file, defaults left out."""
        return self.model_dump(mode="json", by_alias=True, exclude_defaults=True)

    def canonical(self) -> str:
        """Return the definition as canonical JSON."""
        return canonical(self.plain())

    def content_hash(self) -> str:
        """Return the name this content is kept under."""
        return content_hash(self.canonical())

    @classmethod
    def rebuild(cls, canonical: str) -> Self:
        """Return the definition a snapshot was made from."""
        return cls.model_validate_json(canonical)
