"""Limits that a child process sets for itself before it reads an untrusted file."""

import resource

# Bytes.
LARGEST_MEMORY = 300 * 1024 * 1024
# Seconds of processor time.
MOST_SECONDS = 20
LIMITS = {
    resource.RLIMIT_AS: LARGEST_MEMORY,
    resource.RLIMIT_CPU: MOST_SECONDS,
    resource.RLIMIT_FSIZE: 0,
    resource.RLIMIT_CORE: 0,
    resource.RLIMIT_NOFILE: 32,
}


def apply_limits() -> None:
    """Set soft and hard limits, so that this process cannot raise them again."""
    for name, limit in LIMITS.items():
        resource.setrlimit(name, (limit, limit))
