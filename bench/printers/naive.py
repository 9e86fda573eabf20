"""Prints the founding table as one would at first: automatic columns, the system's collection, nothing kept."""

import weasyprint

from bench.printers import serve
from filings.formats import html
from filings.table.layout import lay_out
from filings.tests.founding import EDITION, founding_document

STYLE = """<style>
@page { size: A4; margin: 20mm } body { font: 10.5pt "Noto Serif CJK SC" } h1 { text-align: center }
table { border-collapse: collapse; width: 100% } td, th { border: 1px solid; padding: 3pt }
</style>"""

if __name__ == "__main__":
    page = html.page(html.write(lay_out(founding_document(), EDITION)), title="naive", head=STYLE)
    serve(lambda: weasyprint.HTML(string=page).write_pdf())
