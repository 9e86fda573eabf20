"""The signer of docs/signing.md, as an example of another signing service, works as it is printed there."""

import json
import re
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from textwrap import dedent
from threading import Thread
from typing import Any

import pytest
from django.conf import settings

from filings.signing.signer import NotSigned, Signed, Signer
from filings.tests.signing.authorities import NOW


class ProvinceHandler(BaseHTTPRequestHandler):
    """Answers with the posted file and the department that signed it."""

    def do_POST(self) -> None:
        content = self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(200 if self.headers["Authorization"] == "secret" else 403)
        about = {"subject": f"seal of {self.headers['X-Unit']}", "sha256": "ab" * 32}
        self.send_header("X-Signature", json.dumps(about))
        self.end_headers()
        self.wfile.write(content + b" signed")

    def log_message(self, format: str, *args: Any) -> None:
        return


@pytest.fixture
def service() -> Iterator[str]:
    with HTTPServer(("127.0.0.1", 0), ProvinceHandler) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


@pytest.fixture
def sign() -> Signer:
    document = (settings.BASE_DIR / "docs" / "signing.md").read_text(encoding="utf-8")
    block = re.search(r"\n    # /opt/province/.*?\n\n(?=\S)", document, re.DOTALL)
    assert block
    names: dict[str, Any] = {}
    exec(dedent(block[0]), names)  # noqa: S102
    signer: Signer = names["sign"]
    return signer


def write_file(path: Path, url: str, token: str) -> Path:
    path.write_text(f'[service]\nurl = "{url}"\ntoken = "{token}"\n', encoding="utf-8")
    return path


def test_the_documented_signer_signs(
    sign: Signer, service: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    signing_file = write_file(tmp_path / "province.toml", service, "secret")
    signed = sign(b"%PDF", unit="101001", at=NOW, signing_file=signing_file)
    assert signed == Signed(b"%PDF signed", "seal of 101001", "ab" * 32, "GB/T 38540")


@pytest.mark.parametrize("token", ["secret", "wrong"])
def test_the_documented_signer_refuses(
    sign: Signer, service: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, token: str
) -> None:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    url = "http://127.0.0.1:1/" if token == "secret" else service
    with pytest.raises(NotSigned, match="省电子印章平台没有答复"):
        sign(b"%PDF", unit="101001", at=NOW, signing_file=write_file(tmp_path / "province.toml", url, token))
