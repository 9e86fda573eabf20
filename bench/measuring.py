"""Time, memory and work, measured and printed alike by every script here."""

import os
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median, quantiles

TICKS = os.sysconf("SC_CLK_TCK")


def milliseconds(work: Callable[[], object]) -> float:
    """How long a piece of work takes, once."""
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def p95(times: Sequence[float]) -> float:
    return quantiles(times, n=20)[-1]


def p99(times: Sequence[float]) -> float:
    return quantiles(times, n=100)[-1]


def resident_mb() -> float:
    """Memory that this process holds now."""
    return _status("VmRSS")


def peak_mb() -> float:
    """The most memory that this process ever held."""
    return _status("VmHWM")


def processor_seconds(process: int) -> float:
    """What a process and those that it has started have worked until now."""
    stats = {int(path.parent.name): _stat(path) for path in Path("/proc").glob("[0-9]*/stat")}
    own = [number for number, (parent, _) in stats.items() if process in (number, parent)]
    return sum(stats[number][1] for number in own) / TICKS


def busy_seconds() -> float:
    """What all processors of the machine have worked until now, for whomever."""
    user, nice, system, _idle, _waits, *interrupts = Path("/proc/stat").read_text(encoding="ascii").split()[1:8]
    return sum(map(int, (user, nice, system, *interrupts))) / TICKS


def show(what: str, figure: str, aim: str = "") -> None:
    """One line: what was measured, the figure, what was aimed at."""
    print(f"{what:<58} {figure:>18}   {aim}", flush=True)


def show_times(what: str, times: Sequence[float], aim: str = "") -> None:
    show(f"{what}, median of {len(times)}", in_words(median(times)), aim)


def show_load() -> None:
    """How busy the machine is: whatever else it does makes every figure worse."""
    load = " ".join(f"{figure:.1f}" for figure in os.getloadavg())
    show(f"load of the machine, {os.cpu_count()} processors", load)


def in_words(time_in_ms: float) -> str:
    return f"{time_in_ms:.1f} ms" if time_in_ms < 10 else f"{time_in_ms:.0f} ms"


def _status(field: str) -> float:
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith(field))


def _stat(path: Path) -> tuple[int, int]:
    """A process's parent, and its ticks of work; nothing of one that has just ended."""
    try:
        fields = path.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
    except OSError:
        return 0, 0
    return int(fields[1]), int(fields[11]) + int(fields[12])
