"""Drawing lots: an order for words that tells nothing of whose they are."""

from hashlib import sha256


def lot(words: str) -> str:
    """Return the lot that words draw: the same for the same words, whoever says them, wherever."""
    return sha256(words.encode("utf-8")).hexdigest()
