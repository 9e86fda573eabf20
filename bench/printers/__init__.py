"""Processes that print a table at each request."""

import sys
from collections.abc import Callable

from bench.measuring import milliseconds, peak_mb, resident_mb


def serve(print_once: Callable[[], object]) -> None:
    """Answers each line on standard input with one figure: print (ms), resident (MB), peak (MB)."""
    answers = {"print": lambda: milliseconds(print_once), "resident": resident_mb, "peak": peak_mb}
    for line in sys.stdin:
        print(f"{answers[line.strip()]():.3f}", flush=True)
