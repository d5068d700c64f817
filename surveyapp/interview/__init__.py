"""The telephone interview: what was agreed to, said, offered and by whom."""
