"""Wait for a server to start."""

import subprocess
import time
from urllib.error import URLError
from urllib.request import urlopen

# Seconds between two attempts: there is no signal when a server begins to listen.
PAUSE = 0.2


def wait_for(address: str, server: "subprocess.Popen[bytes]", longest: float) -> None:
    """Wait until the address answers; exit if the server has ended or after `longest` seconds."""
    deadline = time.monotonic() + longest
    while server.poll() is None and time.monotonic() < deadline:
        try:
            urlopen(address).close()  # noqa: S310 — an address of our own
        except URLError:
            time.sleep(PAUSE)
        else:
            return
    raise SystemExit(f"{address} did not come up")
