"""The review, as plain blocks: built bottom-up from findings, and rendered elsewhere."""

from synthesis.review.check import verify
from synthesis.review.compose import clean, compose, draw_up
from synthesis.review.outline import Outline, parse

__all__ = ["Outline", "clean", "compose", "draw_up", "parse", "verify"]
