"""Processes that print a table on request."""

import sys
from collections.abc import Callable

from bench.measuring import milliseconds, peak_mb, resident_mb


def serve(print_once: Callable[[], object]) -> None:
    """Answer each line on standard input with a figure: print (ms), resident (MB), peak (MB)."""
    answers = {"print": lambda: milliseconds(print_once), "resident": resident_mb, "peak": peak_mb}
    for line in sys.stdin:
        print(f"{answers[line.strip()]():.3f}", flush=True)
