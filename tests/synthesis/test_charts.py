"""Charts are the same bytes every time, say nothing of who drew them, and tell all in words."""

import struct
import zlib
from collections.abc import Callable, Iterator

import pytest

from synthesis import charts
from synthesis.charts import Chart, Series

NAMES = ("Needs", "Services")
SERIES = (Series("Data", (3, 0)), Series("Audit", (1, 12)))
FORMS: dict[str, Callable[[], Chart]] = {
    "bars": lambda: charts.bars([("Needs", 3, 17), ("Services", 0, 12)]),
    "stacks": lambda: charts.stacks(NAMES, SERIES),
    "grid": lambda: charts.grid(NAMES, SERIES, 12),
}
every_form = pytest.mark.parametrize("draw", FORMS.values(), ids=FORMS.keys())


def chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    place = 8
    while place < len(png):
        (length,) = struct.unpack(">I", png[place : place + 4])
        yield png[place + 4 : place + 8], png[place + 8 : place + 8 + length]
        place += 12 + length


@every_form
def test_a_chart_is_the_same_bytes_every_time(draw: Callable[[], Chart]) -> None:
    assert draw() == draw()


@every_form
def test_a_chart_tells_neither_the_program_nor_the_day(draw: Callable[[], Chart]) -> None:
    kinds = {kind for kind, _ in chunks(draw().png)}
    assert kinds == {b"IHDR", b"pHYs", b"IDAT", b"IEND"}


@every_form
def test_a_chart_is_fine_enough_to_print(draw: Callable[[], Chart]) -> None:
    found = dict(chunks(draw().png))
    across, _, _ = struct.unpack(">IIB", found[b"pHYs"])
    assert 150 <= across * 0.0254 <= 200


@every_form
def test_a_chart_is_not_blank(draw: Callable[[], Chart]) -> None:
    pixels = zlib.decompress(b"".join(data for kind, data in chunks(draw().png) if kind == b"IDAT"))
    assert len(set(pixels)) > 20


def test_bars_tell_every_count_and_base() -> None:
    assert FORMS["bars"]().description == "Needs: 3 of 17; Services: 0 of 12."


@pytest.mark.parametrize("form", ["stacks", "grid"])
def test_every_number_of_every_row_is_in_the_words(form: str) -> None:
    assert FORMS[form]().description == "Needs: data 3, audit 1; Services: data 0, audit 12."


def test_other_numbers_give_another_picture() -> None:
    other = charts.grid(NAMES, (Series("Data", (3, 1)), SERIES[1]), 12)
    assert other.png != FORMS["grid"]().png


def test_a_chart_without_rows_can_be_drawn() -> None:
    assert charts.stacks((), ()).png.startswith(b"\x89PNG")
