"""Run the program in a separate process on the test database, so that it can be killed and restarted.

    python -m filings.tests.browser.server_process PORT

prints READY once it listens.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from socketserver import ThreadingMixIn
from tempfile import TemporaryDirectory
from urllib.parse import quote

from django.conf import settings
from django.db import connection

READY = "listening"


@dataclass
class ServerProcess:
    """A server on one port, running or stopped."""

    port: int
    folder: str
    processes: list["subprocess.Popen[str]"] = field(default_factory=list)

    @property
    def site(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        command = [sys.executable, "-m", __name__, str(self.port)]
        given = {
            "DATABASE_URL": _address(),
            "VAR_DIR": self.folder,
            "SECRET_KEY": settings.SECRET_KEY,
            "DEBUG": "1",
            "HTTPS": "0",
            "ALLOWED_HOSTS": "127.0.0.1",
            "LOG_LEVEL": "ERROR",
        }
        process = subprocess.Popen(
            command, env={**os.environ, **given}, cwd=settings.BASE_DIR, stdout=subprocess.PIPE, text=True
        )
        self.processes.append(process)
        assert process.stdout is not None
        assert process.stdout.readline().strip() == READY

    def kill(self) -> None:
        """Kill the server without letting it finish anything."""
        process = self.processes.pop()
        process.kill()
        process.wait()
        if process.stdout:
            process.stdout.close()


@contextmanager
def running_server(port: int) -> Iterator[ServerProcess]:
    """Start the server; kill it at the end."""
    with TemporaryDirectory() as folder:
        server = ServerProcess(port, folder)
        server.start()
        try:
            yield server
        finally:
            while server.processes:
                server.kill()


def _address() -> str:
    """Return the URL of the test database."""
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{Path(database['NAME']).resolve()}"
    login = f"{quote(database['USER'])}:{quote(database['PASSWORD'])}"
    return f"postgres://{login}@{database['HOST']}:{database['PORT'] or 5432}/{database['NAME']}"


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "perf_targets.settings")
    import django  # after the settings are chosen

    django.setup()
    from django.contrib.staticfiles.handlers import StaticFilesHandler
    from django.core.servers.basehttp import WSGIRequestHandler, WSGIServer
    from django.core.wsgi import get_wsgi_application

    class Server(ThreadingMixIn, WSGIServer):
        daemon_threads = True

    server = Server(("127.0.0.1", int(sys.argv[1])), WSGIRequestHandler)
    server.set_app(StaticFilesHandler(get_wsgi_application()))
    print(READY, flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
