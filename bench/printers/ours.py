"""Prints the founding table as the program does."""

from datetime import datetime

from bench.printers import serve
from filings.formats import pdf
from filings.tests.founding import EDITION, founding_document

if __name__ == "__main__":
    document = founding_document()
    serve(lambda: pdf.write(document, EDITION, made_at=datetime(2022, 3, 1)))
