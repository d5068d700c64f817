"""Reads a Word file back and says, in words, what would trouble a reader or Word itself."""
