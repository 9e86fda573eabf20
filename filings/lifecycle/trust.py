"""The certificates with which issued copies may have been signed, also while the signing file is broken."""

import logging

from filings.lifecycle import issuing
from filings.signing.configuration import Trust
from filings.signing.signer import SigningFileError

logger = logging.getLogger(__name__)
NO_TRUST = Trust(())


def trusted() -> Trust:
    """Return what `issuing.trust` returns; nothing if the signing file cannot be read, which is logged."""
    try:
        return issuing.trust()
    except SigningFileError as error:
        logger.error("No signature can be verified: %s", error)
        return NO_TRUST
