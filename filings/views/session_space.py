"""The limit of what users have typed that waits in a session."""

import json

MOST_WAITING = 200_000


def has_space(waiting: object) -> bool:
    """Whether all that waits under one key of a session, as JSON, has at most MOST_WAITING bytes."""
    return len(json.dumps(waiting).encode()) <= MOST_WAITING
