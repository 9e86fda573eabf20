"""Print the founding table as the program does; with the argument `sealed`, as it is issued: seal and QR code."""

import sys
from datetime import datetime

from bench.printers import serve
from filings.formats.pdf import seal
from filings.formats.pdf import write as pdf
from filings.formats.pdf.overlay import NO_OVERLAY, Seal, issued_overlay
from filings.table.marks import CopyMark
from filings.tests.founding import EDITION, founding_document

if __name__ == "__main__":
    document = founding_document()
    mark = CopyMark("ABCD2345WXYQABCD2345", 1, "https://jixiao.example.cn")
    sealed = issued_overlay(Seal(seal.draw(document.department)), mark)
    overlay = sealed if "sealed" in sys.argv else NO_OVERLAY
    serve(lambda: pdf.write(document, EDITION, made_at=datetime(2022, 3, 1), overlay=overlay))
