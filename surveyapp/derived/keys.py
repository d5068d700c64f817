"""What a passage is called: a name that holds as long as its place and its words do."""

import hashlib
import uuid

LENGTH = 16


def passage_key(survey_id: uuid.UUID, response: str, start: int, end: int, words: str) -> str:
    """Return a passage's key: the same place and words have the same, before and after a rebuild.

    Addresses and what the consultant writes refer to passages by it.
    """
    told = "\0".join((survey_id.hex, f"{response}:{start}-{end}", words))
    return hashlib.sha256(told.encode()).hexdigest()[:LENGTH]
