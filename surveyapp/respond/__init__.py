"""Completing a return: answers saved one by one, sections finished, the whole submitted."""
