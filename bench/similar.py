"""Find copied content among 1,000 filings: in 40 small groups, and where everyone has copied from one of two."""

from random import Random

from bench.measuring import milliseconds, peak_mb, show, show_load
from filings.similarity.groups import CopyGroup, find_copies
from filings.similarity.texts import FilingTexts, texts_of
from filings.tests.similarity.counties import county_of

FILINGS = 1000


def main() -> None:
    show_load()
    show_groups("40 groups of 3", groups=40, copies=3)
    show_groups("2 groups of 500", groups=2, copies=500)
    show("peak memory", f"{peak_mb():.0f} MB")
    show_load()


def show_groups(label: str, *, groups: int, copies: int) -> None:
    documents = county_of(FILINGS, groups=groups, copies=copies, seed=Random(1))
    texts: list[FilingTexts] = []
    collecting = milliseconds(lambda: texts.extend(texts_of(*item) for item in enumerate(documents)))
    found: list[CopyGroup] = []
    finding = milliseconds(lambda: found.extend(find_copies(texts)))
    assert len(found) == 3 * groups
    characters = sum(len(piece.plain) for item in texts for pieces in item.pieces.values() for piece in pieces)
    show(f"{FILINGS} filings, {label}, {characters:,} characters: normalise", f"{collecting / 1000:.1f} s")
    show("  find their goals, duties and indicators", f"{finding / 1000:.1f} s", "seconds")


if __name__ == "__main__":
    main()
