"""Cross-tabulations: how many authorities have one passage under both of two themes."""

from collections.abc import Sequence

import pandas as pd

from synthesis.matrix.corpus import Corpus


def cross(corpus: Corpus, rows: Sequence[str], columns: Sequence[str]) -> pd.DataFrame:
    """Count the authorities with a passage under both a row's theme and a column's."""
    frame = corpus.frame()
    pairs = frame[frame["theme"].isin(list(rows))].merge(
        frame[frame["theme"].isin(list(columns))],
        on=["passage", "authority"],
        suffixes=("_row", "_column"),
    )
    table = pairs.pivot_table(
        index="theme_row",
        columns="theme_column",
        values="authority",
        aggfunc="nunique",
        observed=True,
    )
    return table.reindex(index=list(rows), columns=list(columns)).fillna(0).astype(int)
