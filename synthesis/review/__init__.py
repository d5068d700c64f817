"""The review, as plain blocks: built bottom-up from findings, and rendered elsewhere."""
