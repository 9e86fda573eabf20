"""Print the founding table as a first attempt would.

The page is the same, but with automatic columns, the system's font collection, nothing cached between tables, no
attachment and no pagination. With the argument `plain`, it has the fewest styles that still give a table with borders:
lines are not justified, and words not broken.
"""

import sys
from pathlib import Path

import weasyprint

from bench.printers import serve
from filings.formats import html
from filings.table.layout.document import lay_out
from filings.tests.founding import EDITION, founding_document

OURS = (
    ("table-layout: fixed", "table-layout: auto"),
    ('"Noto Serif SC Title", "Noto Serif SC"', '"Noto Serif CJK SC"'),
    ('"Noto Serif SC"', '"Noto Serif CJK SC"'),
)


PLAIN = """@page { size: A4; margin: 20mm } body { font: 10.5pt "Noto Serif CJK SC" } h1 { text-align: center }
table { border-collapse: collapse; width: 100% } td, th { border: 1px solid; padding: 3pt }"""


def first_attempt() -> str:
    """Return the print style sheet as it was before any optimisation."""
    style = our_style()
    for now, before in OURS:
        if now not in style:
            raise SystemExit(f"paper.css no longer contains {now}")
        style = style.replace(now, before)
    return style


def our_style() -> str:
    return (Path(html.__file__).parent / "paper.css").read_text(encoding="utf-8")


if __name__ == "__main__":
    chosen = PLAIN if "plain" in sys.argv else first_attempt()
    table = html.write(lay_out(founding_document(), EDITION))
    page = html.page(table, title="naive", head=f"<style>{chosen}</style>")
    serve(lambda: weasyprint.HTML(string=page).write_pdf())
