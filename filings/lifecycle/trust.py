"""The certificates with which issued copies may have been signed, also while the signing file is broken."""

import logging
from pathlib import Path

from django.conf import settings

from filings.signing import configuration
from filings.signing.configuration import Trust
from filings.signing.signer import OWN_SIGNER, SigningFileError

logger = logging.getLogger(__name__)
NO_TRUST = Trust(())


def trusted() -> Trust:
    """Return the certificates that are trusted for copies; none without SIGNING_FILE or with another SIGNER.

    None either if the signing file cannot be read, which is logged.
    """
    if not settings.SIGNING_FILE or settings.SIGNER != OWN_SIGNER:
        return NO_TRUST
    try:
        return configuration.read(Path(settings.SIGNING_FILE)).trust
    except SigningFileError as error:
        logger.error("No signature can be verified: %s", error)
        return NO_TRUST
