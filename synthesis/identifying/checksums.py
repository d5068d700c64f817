"""Numbers that say of themselves whether they are right: of the NHS, of pupils."""

from typing import Final

UPN_LETTERS: Final = "ABCDEFGHJKLMNPQRTUVWXYZ"
"""What the rest of a pupil number's sum, by 23, is written as."""


def is_nhs_number(digits: str) -> bool:
    """Tell whether ten digits are an NHS number: the last checks the nine before, by eleven."""
    if len(digits) != 10 or not digits.isascii() or not digits.isdigit():
        return False
    total = sum(
        int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False)
    )
    return (11 - total % 11) % 11 == int(digits[9])


def is_pupil_number(number: str) -> bool:
    """Tell whether a letter and twelve digits are a unique pupil number.

    The letter checks the digits; a temporary number ends in a letter that counts for its place.
    """
    letter, rest = number[:1].upper(), number[1:].upper()
    if len(rest) != 12 or not rest[:11].isascii() or not rest[:11].isdigit():
        return False
    last = rest[11]
    if not (last.isascii() and last.isdigit()) and last not in UPN_LETTERS:
        return False
    values = [*map(int, rest[:11]), int(last) if last.isdigit() else UPN_LETTERS.index(last)]
    total = sum(value * weight for weight, value in enumerate(values, 2))
    return UPN_LETTERS[total % 23] == letter
