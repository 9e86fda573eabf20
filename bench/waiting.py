"""Waiting for a server that was started just now."""

import subprocess
import time
from urllib.error import URLError
from urllib.request import urlopen

# Seconds between two looks: nothing tells from outside when a server begins to listen.
PAUSE = 0.2


def wait_for(address: str, server: "subprocess.Popen[bytes]", longest: float) -> None:
    """Until the address answers. Leaves the program when the server has ended or so many seconds have passed."""
    until = time.monotonic() + longest
    while server.poll() is None and time.monotonic() < until:
        try:
            urlopen(address).close()  # noqa: S310 — an address of our own
        except URLError:
            time.sleep(PAUSE)
        else:
            return
    raise SystemExit(f"{address} did not come up")
