"""A printed copy, signed once for the tests of this folder."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from filings.formats.pdf import write as pdf
from filings.signing import configuration, pades
from filings.signing.configuration import Trust
from filings.tests.founding import EDITION, founding_document
from filings.tests.signing.authorities import NOW


@pytest.fixture(scope="session")
def printed() -> bytes:
    return pdf.write(founding_document(), EDITION, made_at=datetime(2026, 11, 30, tzinfo=UTC))


@pytest.fixture(scope="session")
def signed(printed: bytes, signing_file: Path) -> bytes:
    return pades.sign(printed, unit="100", at=NOW, signing_file=signing_file).content


@pytest.fixture(scope="session")
def trust(signing_file: Path) -> Trust:
    return configuration.read(signing_file).trust
