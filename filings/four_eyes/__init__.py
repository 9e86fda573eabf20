"""Four eyes: users who took part in a revision leave the next step to another user."""

from filings.four_eyes.excluded import excluded
from filings.four_eyes.queries import excludes, prefetch_exclusions

__all__ = ["excluded", "excludes", "prefetch_exclusions"]
