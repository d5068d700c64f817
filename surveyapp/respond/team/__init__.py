"""The team of a return: who joins it, leaves it and coordinates it, and what they are written."""
