"""A local server that fails the test if anything connects to it."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def no_requests() -> Iterator[str]:
    """Yield the address of a local server; raise AssertionError if anything connected to it."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        yield f"http://127.0.0.1:{server.getsockname()[1]}"
        try:
            connection, _ = server.accept()
        except BlockingIOError:
            return
        connection.close()
        raise AssertionError("the reader connected to the server named in the file")
