"""The seal of a department in the admin: uploaded, removed, refused with the reason."""

from hashlib import sha256
from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from filings.choices import Action, SealShape
from filings.errors import StepRefused
from filings.formats.pdf import seal_upload
from filings.models import Department, IssuedCopy
from filings.tests.admin.test_setting_up import page
from filings.tests.county import County, step

pytestmark = pytest.mark.django_db


def upload(county: County, client: Client, content: bytes) -> str:
    values = {
        "code": "101",
        "name": "县档案馆",
        "seal_shape": "ellipse_45_30",
        "new_seal": SimpleUploadedFile("x.png", content),
    }
    answer = client.post(page(Department, "change", county.department.pk), values)
    return "" if answer.status_code == 302 else answer.content.decode()


def test_a_seal_is_reencoded(client: Client, county: County) -> None:
    picture = BytesIO()
    Image.new("RGB", (40, 40), "red").save(picture, "PNG", pnginfo=None)
    tail = b"<script>alert(1)</script>"
    assert upload(county, client, picture.getvalue() + tail) == ""
    county.department.refresh_from_db()
    name = str(county.department.seal.name)
    with default_storage.open(name) as file:
        kept = file.read()
    assert kept == seal_upload.reencode(picture.getvalue())
    assert sha256(kept).hexdigest() in name
    assert county.department.seal_shape == SealShape.ELLIPSE_45_30
    assert "data:image/png;base64" in client.get(page(Department, "change", county.department.pk)).content.decode()

    values = {"code": "101", "name": "县档案馆", "seal_shape": "round_42", "without_seal": "on"}
    client.post(page(Department, "change", county.department.pk), values)
    county.department.refresh_from_db()
    assert not county.department.seal


@pytest.mark.parametrize("content", [b"GIF89a", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"x" * (5 * 1024**2 + 9)])
def test_a_file_that_is_no_picture_is_refused(client: Client, county: County, content: bytes) -> None:
    assert "请" in upload(county, client, content)
    county.department.refresh_from_db()
    assert not county.department.seal


def test_a_missing_seal_file_can_be_replaced_and_stops_approval(client: Client, county: County) -> None:
    filing = county.in_review()
    Department.objects.filter(pk=county.department.pk).update(seal="seals/gone.png")
    shown = client.get(page(Department, "change", county.department.pk)).content.decode()
    assert "「县档案馆」的印章图片文件已不存在。请管理员重新上传，或者去掉印章。" in shown
    with pytest.raises(StepRefused, match="印章图片文件已不存在"):
        step(Action.APPROVE_STAGE, filing, county.performance_reviewer)
    assert not IssuedCopy.objects.exists()


def test_a_file_that_is_too_large_is_refused_with_its_size(client: Client, county: County) -> None:
    assert "图片有 7.0 MB，超过上限 5 MB" in upload(county, client, b"x" * 7 * 1024**2)


def test_a_huge_picture_is_refused(client: Client, county: County) -> None:
    picture = BytesIO()
    Image.new("1", (20_000, 20_000)).save(picture, "PNG")
    assert "像素" in upload(county, client, picture.getvalue())
