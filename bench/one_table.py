"""Print one table, warm: the program against a naive rendering, alternating, each in its own process; and memory."""

import subprocess
import sys
from statistics import median

from bench.measuring import p95, show, show_times

TURNS = 30
TABLES = 300


class Printer:
    """A process that prints the table on request and answers with a figure."""

    def __init__(self, module: str, *arguments: str) -> None:
        command = [sys.executable, "-m", f"bench.printers.{module}", *arguments]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1)

    def ask(self, question: str) -> float:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(f"{question}\n")
        return float(self._process.stdout.readline())

    def close(self) -> None:
        self._process.communicate()


def main() -> None:
    ours, naive = Printer("ours"), Printer("naive")
    ours_cold, naive_cold = ours.ask("print"), naive.ask("print")
    pairs = [(ours.ask("print"), naive.ask("print")) for _ in range(TURNS)]
    ours_times, naive_times = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    show("first table of a process, ours / naive", f"{ours_cold:.0f} / {naive_cold:.0f} ms")
    show_times("one table, PDF/A-3u with its JSON, tagged", ours_times)
    show("  95 % of them within", f"{p95(ours_times):.0f} ms", "≤ 400 ms")
    show_times("the same, naive", naive_times)
    show("  ours is faster by", f"{median(naive_times) / median(ours_times):.1f} times", "≥ 6 times")
    show("memory after these, ours / naive", f"{ours.ask('resident'):.0f} / {naive.ask('resident'):.0f} MB", "≤ 130 MB")
    naive.close()
    before = ours.ask("resident")
    for _ in range(TABLES):
        ours.ask("print")
    show(f"growth over {TABLES} tables", f"{ours.ask('resident') - before:.1f} MB", "≤ 5 MB")
    show("peak memory", f"{ours.ask('peak'):.0f} MB", "≤ 130 MB")
    compare_with_plain(ours)
    compare_with_sealed(ours)
    ours.close()


def compare_with_plain(ours: Printer) -> None:
    """Compare with a naive page of the fewest styles, which needs less layout."""
    plain = Printer("naive", "plain")
    plain.ask("print")
    pairs = [(ours.ask("print"), plain.ask("print")) for _ in range(TURNS)]
    plain.close()
    our_time, plain_time = (median(times) for times in zip(*pairs, strict=True))
    show("naive in the fewest styles; ours is faster by", f"{plain_time:.0f} ms; {plain_time / our_time:.1f} times")


def compare_with_sealed(ours: Printer) -> None:
    """Measure the cost of what an issued copy has: seal, its checked position, foot and QR code, without signature."""
    sealed = Printer("ours", "sealed")
    sealed.ask("print")
    pairs = [(ours.ask("print"), sealed.ask("print")) for _ in range(TURNS)]
    sealed.close()
    plain, with_seal = (median(times) for times in zip(*pairs, strict=True))
    show("without / with seal and QR code", f"{plain:.0f} / {with_seal:.0f} ms")
    show("  seal and QR code", f"{with_seal - plain:.0f} ms", "≤ 120 ms with a signature")


if __name__ == "__main__":
    main()
