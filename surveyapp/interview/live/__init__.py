"""The call itself: its clock, what was agreed, what is still unasked, and notes on their way in."""
