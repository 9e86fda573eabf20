"""Grids as readers of files make them, for hypothesis."""

from hypothesis import strategies as st

from filings.table.grid import Cell, Grid, Row

_TEXT = st.text(max_size=20)


def cells() -> st.SearchStrategy[Cell]:
    spans = st.integers(1, 5)
    return st.builds(Cell, _TEXT, column=st.integers(0, 9), columns=spans, rows=spans, warning=_TEXT)


def grids() -> st.SearchStrategy[list[Grid]]:
    """A few grids; cells may overlap, which no reader of cells must mind."""
    several = st.lists(cells(), max_size=4).map(tuple)
    rows = st.lists(st.builds(Row, several, section=st.just("")), max_size=4).map(tuple)
    return st.lists(st.builds(Grid, rows, above=several, below=several, name=_TEXT), max_size=3)
