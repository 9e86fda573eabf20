"""核验 by file: by the hash that the browser computes, and by uploading."""

from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import caches
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from filings.choices import Stage
from filings.lifecycle import issuing
from filings.models import IssuedCopy
from filings.tests.county import County, found_county
from filings.tests.verification.copies import adjust, approve
from filings.tests.views.pages import words
from filings.verification import turns
from filings.verification.throttle import CACHE, MOST_FILES
from filings.verification.turns import MOST_AT_ONCE, turn

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_attempts() -> None:
    caches[CACHE].clear()


@pytest.fixture
def county() -> County:
    return found_county((Stage.PERFORMANCE,))


@pytest.fixture
def copy(county: County, settings: Settings, signing_file: Path) -> IssuedCopy:
    settings.SIGNING_FILE = str(signing_file)
    return approve(county)


def upload(content: bytes, client: Client | None = None) -> Any:
    file = SimpleUploadedFile("定稿.pdf", content)
    # A browser without cookies sends no token.
    return (client or Client(enforce_csrf_checks=True)).post("/v/file/", {"file": file})


def test_an_unchanged_file_shows_the_state_of_the_copy(copy: IssuedCopy) -> None:
    answer = upload(issuing.read(copy))
    assert answer.status_code == 200
    assert not answer.cookies
    page = words(answer)
    assert "文件未被改动 定稿.pdf" in page
    assert "现行有效" in page
    assert "县档案馆" in page
    assert f"电子签名：「{copy.signed_by}」" in page
    assert "签署，有效。" in page


def test_an_unchanged_file_without_signature_is_named_as_such(county: County) -> None:
    page = words(upload(issuing.read(approve(county))))
    assert "文件未被改动" in page
    assert "电子签名：没有。" in page


def test_an_unchanged_file_of_a_superseded_copy_is_not_in_force(county: County, copy: IssuedCopy) -> None:
    content = issuing.read(copy)
    approve(county, adjust(county, copy.filing, "管好县档案，建成新馆。"))
    page = words(upload(content))
    assert "文件未被改动" in page
    assert "已被新的定稿取代，不再有效" in page
    assert "现行有效" not in page


def test_the_hash_of_a_copy_is_found(copy: IssuedCopy) -> None:
    answer = Client().get(f"/v/hash/{copy.sha256.upper()}/")
    assert answer.status_code == 200
    assert "文件未被改动" in words(answer)


@pytest.mark.parametrize("sha256", ["0" * 64, "abc", "x" * 300])
def test_another_hash_is_not_found(sha256: str) -> None:
    answer = Client().get(f"/v/hash/{sha256}/")
    assert answer.status_code == 404
    assert "不是本系统发出的定稿，或者已被改动" in words(answer)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda content: content + b"junk", "之后追加了 4 个字节。电子签名不包括追加的内容。"),
        (
            lambda content: content[:900] + b"x" + content[901:],
            "与本系统发出的定稿相比，有 1 个字节被改动，电子签名无效。",
        ),
        (lambda content: b"%PDF-1.7 junk", "本系统没有发出过这个文件"),
        (lambda content: b"PK junk", "文件不是 PDF。照片、扫描件"),
    ],
)
def test_other_files_are_never_unchanged(copy: IssuedCopy, change: Any, sentence: str) -> None:
    page = words(upload(change(issuing.read(copy))))
    assert sentence in page
    for genuine in ("未被改动 ", "✓ 文件", "逐字节一致"):
        assert genuine not in page


@pytest.mark.parametrize(("content", "sentence"), [(None, "请先选择要核验的 PDF 文件。"), (b"", "选择的文件是空的。")])
def test_a_missing_file_is_refused(content: bytes | None, sentence: str) -> None:
    answer = upload(content) if content is not None else Client().post("/v/file/")
    assert answer.status_code == 400
    assert sentence in words(answer)


def test_uploads_are_limited_for_their_address(copy: IssuedCopy) -> None:
    client = Client()
    assert {upload(b"none", client).status_code for _ in range(MOST_FILES)} == {200}
    answer = upload(b"none", client)
    assert answer.status_code == 429
    assert "上传核验的次数过多" in words(answer)


def test_few_files_are_inspected_at_once(copy: IssuedCopy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "PATIENCE", 0)
    changed = issuing.read(copy) + b"junk"
    with ExitStack() as stack:
        for _ in range(MOST_AT_ONCE):
            assert upload(changed).status_code == 200
            stack.enter_context(turn())
        answer = upload(changed)
        assert (answer.status_code, answer["Retry-After"]) == (503, "60")
        assert "正在核验其他文件，请一分钟后重试。" in words(answer)
        # The hash of a genuine file needs no inspection.
        genuine = words(upload(issuing.read(copy)))
        assert "文件未被改动" in genuine
        assert "签署，有效" not in genuine
        assert upload(b"none").status_code == 200
    assert upload(changed).status_code == 200


def test_a_file_name_is_text(copy: IssuedCopy) -> None:
    answer = Client().post("/v/file/", {"file": SimpleUploadedFile("<b>x</b>.pdf", b"none")})
    assert b"<b>x</b>" not in answer.content
