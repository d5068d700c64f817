"""Numbers of the NHS and of pupils check themselves: one wrong digit, and they are none."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from synthesis.identifying.checksums import UPN_LETTERS, is_nhs_number, is_pupil_number

pytestmark = pytest.mark.privacy
DIGITS = st.text("0123456789", min_size=9, max_size=9)


def nhs(nine: str) -> str:
    check = (11 - sum(int(d) * (10 - at) for at, d in enumerate(nine)) % 11) % 11
    assume(check < 10)
    return f"{nine}{check}"


def pupil(twelve: str) -> str:
    total = sum(int(d) * (2 + at) for at, d in enumerate(twelve))
    return UPN_LETTERS[total % 23] + twelve


@given(DIGITS)
def test_an_nhs_number_with_its_check_digit_is_one(nine: str) -> None:
    assert is_nhs_number(nhs(nine))


@given(DIGITS, st.integers(0, 9), st.integers(1, 9))
def test_with_one_digit_changed_it_is_none(nine: str, at: int, by: int) -> None:
    number = nhs(nine)
    wrong = f"{number[:at]}{(int(number[at]) + by) % 10}{number[at + 1 :]}"
    assert not is_nhs_number(wrong)


@given(st.text("0123456789", min_size=12, max_size=12), st.sampled_from(UPN_LETTERS))
def test_a_pupil_number_has_one_letter_that_fits(twelve: str, letter: str) -> None:
    number = pupil(twelve)
    assert is_pupil_number(number)
    assert is_pupil_number(number.lower())
    assert is_pupil_number(letter + twelve) == (letter == number[0])


@given(st.text(max_size=14))
def test_other_text_is_no_number_and_no_fault(text: str) -> None:
    assert not (is_nhs_number(text) and is_pupil_number(text))


def test_numbers_that_the_nhs_and_the_department_give_as_examples() -> None:
    assert is_nhs_number("9434765919")
    assert not is_nhs_number("9434765918")
    assert is_pupil_number("A123456789012")
