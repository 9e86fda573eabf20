"""Time and memory, measured and printed alike by every script here."""

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median, quantiles


def milliseconds(work: Callable[[], object]) -> float:
    """How long a piece of work takes, once."""
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def p95(times: Sequence[float]) -> float:
    return quantiles(times, n=20)[-1]


def resident_mb() -> float:
    """Memory that this process holds now."""
    return _status("VmRSS")


def peak_mb() -> float:
    """The most memory that this process ever held."""
    return _status("VmHWM")


def show(what: str, figure: str, aim: str = "") -> None:
    """One line: what was measured, the figure, what was aimed at."""
    print(f"{what:<58} {figure:>18}   {aim}", flush=True)


def show_times(what: str, times: Sequence[float], aim: str = "") -> None:
    middle = median(times)
    show(f"{what}, median of {len(times)}", f"{middle:.1f} ms" if middle < 10 else f"{middle:.0f} ms", aim)


def _status(field: str) -> float:
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith(field))
