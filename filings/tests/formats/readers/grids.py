"""Hypothesis strategies for grids as readers return them."""

from hypothesis import strategies as st

from filings.table.grid import Cell, Grid, Row

_TEXT = st.text(max_size=20)


def cells() -> st.SearchStrategy[Cell]:
    spans = st.integers(1, 5)
    return st.builds(Cell, _TEXT, column=st.integers(0, 9), columns=spans, rows=spans, warning=_TEXT)


def grids() -> st.SearchStrategy[list[Grid]]:
    """Generate a few grids; their cells may overlap."""
    several = st.lists(cells(), max_size=4).map(tuple)
    rows = st.lists(st.builds(Row, several, section=st.just("")), max_size=4).map(tuple)
    return st.lists(st.builds(Grid, rows, above=several, below=several, name=_TEXT), max_size=3)
