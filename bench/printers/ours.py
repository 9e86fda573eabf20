"""Print the founding table as the program does; with the argument `sealed`, with the demonstration seal."""

import sys
from datetime import datetime

from bench.printers import serve
from filings.formats.pdf import seal
from filings.formats.pdf import write as pdf
from filings.formats.pdf.overlay import NO_OVERLAY, PageOverlay, Seal
from filings.tests.founding import EDITION, founding_document

if __name__ == "__main__":
    document = founding_document()
    overlay = PageOverlay(seal=Seal(seal.draw(document.department))) if "sealed" in sys.argv else NO_OVERLAY
    serve(lambda: pdf.write(document, EDITION, made_at=datetime(2022, 3, 1), overlay=overlay))
