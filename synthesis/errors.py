"""What is wrong with the input, in words that say what to do."""


class InputError(ValueError):
    """Input that cannot be used: where it is, what is wrong with it and how to mend it."""

    def __init__(self, place: str, fault: str, remedy: str) -> None:
        """Keep the three parts, so that a page can show them apart and a terminal in one line."""
        super().__init__(f"{place}: {fault} {remedy}")
        self.place = place
        self.fault = fault
        self.remedy = remedy
