"""Measure and print time, memory and processor time, for all benchmarks."""

import os
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median, quantiles
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

TICKS = os.sysconf("SC_CLK_TCK")


def milliseconds(work: Callable[[], object]) -> float:
    """Run `work` once and return the elapsed milliseconds."""
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def p95(times: Sequence[float]) -> float:
    return quantiles(times, n=20)[-1]


def p99(times: Sequence[float]) -> float:
    return quantiles(times, n=100)[-1]


def resident_mb() -> float:
    """Return the resident memory of this process."""
    return _status("VmRSS")


def peak_mb() -> float:
    """Return the peak resident memory of this process."""
    return _status("VmHWM")


def processor_seconds(process: int) -> float:
    """Return the processor time of a process and its children so far."""
    stats = {int(path.parent.name): _stat(path) for path in Path("/proc").glob("[0-9]*/stat")}
    own = [number for number, (parent, _) in stats.items() if process in (number, parent)]
    return sum(stats[number][1] for number in own) / TICKS


def backend_seconds(connection: "BaseDatabaseWrapper") -> float:
    """Return the processor time so far of the PostgreSQL server's process for this connection, on this machine."""
    return _stat(Path(f"/proc/{connection.connection.info.backend_pid}/stat"))[1] / TICKS


def busy_seconds() -> float:
    """Return the processor time of the whole machine so far."""
    user, nice, system, _idle, _waits, *interrupts = Path("/proc/stat").read_text(encoding="ascii").split()[1:8]
    return sum(map(int, (user, nice, system, *interrupts))) / TICKS


def show(label: str, figure: str, goal: str = "") -> None:
    """Print a line with label, figure and goal."""
    print(f"{label:<58} {figure:>18}   {goal}", flush=True)


def show_times(label: str, times: Sequence[float], goal: str = "") -> None:
    show(f"{label}, median of {len(times)}", format_ms(median(times)), goal)


def show_load() -> None:
    """Print the load of the machine: other work makes all figures worse."""
    load = " ".join(f"{figure:.1f}" for figure in os.getloadavg())
    show(f"load of the machine, {os.cpu_count()} processors", load)


def format_ms(time_in_ms: float) -> str:
    return f"{time_in_ms:.1f} ms" if time_in_ms < 10 else f"{time_in_ms:.0f} ms"


def _status(field: str) -> float:
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith(field))


def _stat(path: Path) -> tuple[int, int]:
    """Return the parent of a process and its processor time in ticks; zeros if the process has just ended."""
    try:
        fields = path.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
    except OSError:
        return 0, 0
    return int(fields[1]), int(fields[11]) + int(fields[12])
