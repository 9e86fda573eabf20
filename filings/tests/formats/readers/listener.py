"""A server that nobody must ask."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def nobody_asks() -> Iterator[str]:
    """The address of a server on this machine; fails when anything has connected to it meanwhile."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        yield f"http://127.0.0.1:{server.getsockname()[1]}"
        try:
            connection, _ = server.accept()
        except BlockingIOError:
            return
        connection.close()
        raise AssertionError("the file's reader has connected to the server that the file names")
