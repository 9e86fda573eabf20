"""Prints the founding table as one would at first: the same page, but automatic columns, the system's collection of
fonts, nothing kept from one table to the next, no attachment and no cut pages."""

from pathlib import Path

import weasyprint

from bench.printers import serve
from filings.formats import html
from filings.table.layout import lay_out
from filings.tests.founding import EDITION, founding_document

OURS = (
    ("table-layout: fixed", "table-layout: auto"),
    ('"Noto Serif SC Title", "Noto Serif SC"', '"Noto Serif CJK SC"'),
    ('"Noto Serif SC"', '"Noto Serif CJK SC"'),
)


def first_attempt() -> str:
    """The page with our style sheet as it was before anything was measured."""
    style = our_style()
    for now, before in OURS:
        if now not in style:
            raise SystemExit(f"paper.css no longer says {now}")
        style = style.replace(now, before)
    return html.page(html.write(lay_out(founding_document(), EDITION)), title="naive", head=f"<style>{style}</style>")


def our_style() -> str:
    return (Path(html.__file__).parent / "paper.css").read_text(encoding="utf-8")


if __name__ == "__main__":
    page = first_attempt()
    serve(lambda: weasyprint.HTML(string=page).write_pdf())
