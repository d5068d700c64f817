"""Charts: a few plain forms, drawn alike on every machine, each with the same facts in words."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import Patch

INK, MUTED, RULE, PAPER, FAINT = "#1D2B31", "#4F5F67", "#C9D5D8", "#FFFFFF", "#EDF2F3"
ACCENT = "#0B4A55"
STEPS = ("#E1EAEC", "#BFD9DD", "#8FBCC4", "#3F8591", "#0B4A55")
DARK = 3
"""The first step on which words are set in white."""
WIDTH, DPI = 6.3, 180
ROW, HEAD, FOOT = 0.28, 0.34, 0.08
STYLE: Final[dict[Any, Any]] = {
    "font.family": "DejaVu Sans",
    "font.size": 8,
    "text.color": INK,
    "xtick.color": MUTED,
    "ytick.color": INK,
    "axes.edgecolor": RULE,
}


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart as PNG bytes, and the same facts in words."""

    png: bytes
    description: str


@dataclass(frozen=True, slots=True)
class Series:
    """One set of counts in a chart: a value a row."""

    name: str
    values: tuple[int, ...]


def bars(rows: Sequence[tuple[str, int, int]]) -> Chart:
    """Draw one bar a row against its base, labelled with both numbers."""
    description = "; ".join(f"{name}: {count} of {base}" for name, count, base in rows)
    most = max((base for _, _, base in rows), default=1) or 1
    with mpl.rc_context(STYLE):
        figure, axes = _sheet([name for name, _, _ in rows], head=0.05)
        for place, (_, count, base) in enumerate(rows):
            axes.barh(place, base, color=FAINT, height=0.6)
            axes.barh(place, count, color=ACCENT, height=0.6)
            axes.text(most * 1.02, place, f"{count} of {base}", va="center")
        axes.set_xlim(0, most * 1.16)
        axes.set_xticks([])
        return Chart(_png(figure), f"{description}.")


def stacks(names: Sequence[str], series: Sequence[Series]) -> Chart:
    """Draw a stacked bar a row, a step a series from pale to full, with the number in each."""
    totals = [sum(one.values[row] for one in series) for row in range(len(names))]
    with mpl.rc_context(STYLE):
        figure, axes = _sheet(names)
        for row in range(len(names)):
            left = 0
            for turn, one in enumerate(series):
                value = one.values[row]
                axes.barh(row, value, left=left, color=STEPS[turn], height=0.6)
                if value:
                    ink = PAPER if turn >= DARK else INK
                    middle = left + value / 2
                    axes.text(middle, row, str(value), ha="center", va="center", color=ink)
                left += value
        axes.set_xlim(0, max(totals, default=0) or 1)
        axes.set_xticks([])
        _key(axes, [(one.name, fill) for one, fill in zip(series, STEPS, strict=False)])
        return Chart(_png(figure), _spell(names, series))


def grid(names: Sequence[str], columns: Sequence[Series], most: int) -> Chart:
    """Draw a grid of numbered cells, shaded by their number as a share of the most it could be."""
    with mpl.rc_context(STYLE):
        figure, axes = _sheet(names)
        for turn, one in enumerate(columns):
            for row, value in enumerate(one.values):
                step = min(len(STEPS) - 1, value * len(STEPS) // max(most, 1))
                fill = STEPS[step] if value else PAPER
                axes.barh(row, 0.96, left=turn, color=fill, edgecolor=RULE, height=0.88, lw=0.5)
                ink = PAPER if value and step >= DARK else INK
                axes.text(turn + 0.48, row, str(value), ha="center", va="center", color=ink)
        axes.set_xlim(0, len(columns))
        axes.set_xticks([turn + 0.48 for turn in range(len(columns))])
        axes.set_xticklabels([one.name for one in columns], color=INK)
        axes.xaxis.tick_top()
        return Chart(_png(figure), _spell(names, columns))


def _sheet(names: Sequence[str], *, row: float = ROW, head: float = HEAD) -> tuple[Figure, Axes]:
    """Return a new figure and its axes, with a row for each name, the first at the top."""
    height = head + FOOT + row * max(len(names), 1)
    figure = Figure(figsize=(WIDTH, height), dpi=DPI, facecolor=PAPER)
    FigureCanvasAgg(figure)
    longest = max((len(name) for name in names), default=0)
    left = min(0.45, 0.03 + longest * 0.0105)
    axes = figure.add_axes((left, FOOT / height, 0.985 - left, 1 - (head + FOOT) / height))
    for side in axes.spines.values():
        side.set_visible(False)
    axes.tick_params(length=0)
    axes.set_yticks(range(len(names)), names)
    axes.set_ylim(max(len(names), 1) - 0.5, -0.5)
    return figure, axes


def _key(axes: Axes, entries: Sequence[tuple[str, str]]) -> None:
    """Set the key above the rows, in one line."""
    patches = [
        Patch(facecolor=fill, edgecolor=ACCENT, lw=0.6, label=name) for name, fill in entries
    ]
    axes.legend(
        handles=patches,
        loc="lower right",
        bbox_to_anchor=(1.0, 1.0),
        ncols=len(patches),
        frameon=False,
        borderaxespad=0.3,
        handlelength=1.0,
        handletextpad=0.5,
        columnspacing=1.2,
    )


def _png(figure: Figure) -> bytes:
    """Return a figure's PNG, without the name of the program or the day it was drawn."""
    stream = io.BytesIO()
    figure.savefig(stream, format="png", dpi=DPI, metadata={"Software": None})
    return stream.getvalue()


def _spell(names: Sequence[str], series: Sequence[Series]) -> str:
    """Spell out every number of a chart."""
    rows = (
        f"{name}: {', '.join(f'{one.name.lower()} {one.values[row]}' for one in series)}"
        for row, name in enumerate(names)
    )
    return f"{'; '.join(rows)}."
