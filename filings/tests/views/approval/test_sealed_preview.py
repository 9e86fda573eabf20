"""盖章样张: a picture of the copy as it would be issued, for the reviewer of the last stage."""

from io import BytesIO

import pytest
import zxingcpp
from django.core.files.base import ContentFile
from PIL import Image

from filings.choices import SealShape, Stage
from filings.models import IssuedCopy
from filings.tests.county import County, found_county
from filings.tests.formats.pdf.sealed_pages import red_box, red_picture
from filings.tests.views.conftest import ClientOf
from filings.tests.views.pages import html


@pytest.fixture
def county(db: None) -> County:
    return found_county((Stage.PERFORMANCE,))


def test_the_page_shows_the_sealed_pages_without_a_code(county: County, client_of: ClientOf) -> None:
    county.department.seal.save("seal.png", ContentFile(red_picture((45, 30))))
    county.department.seal_shape = SealShape.ELLIPSE_45_30
    county.department.save()
    filing = county.in_review()
    client = client_of(county.performance_reviewer)
    address = f"/filings/{filing.pk}/approve/sealed.png"
    assert f'<img src="{address}"' in html(client.get(f"/filings/{filing.pk}/approve/"))
    answer = client.get(address)
    assert answer["Content-Type"] == "image/png"
    picture = Image.open(BytesIO(answer.content)).convert("RGB")
    # At 144 dpi, on one page.
    assert picture.size == (1191, 1684)
    left, _, right, _ = red_box(picture) or (0, 0, 0, 0)
    assert (right - left) * 127 / 144 == pytest.approx(45, abs=0.5)
    assert zxingcpp.read_barcodes(picture) == []
    assert not IssuedCopy.objects.exists()


def test_the_reason_is_given_if_the_copy_cannot_be_printed(county: County, client_of: ClientOf) -> None:
    county.department.seal.name = "seals/gone.png"
    county.department.save()
    filing = county.in_review()
    answer = client_of(county.performance_reviewer).get(f"/filings/{filing.pk}/approve/sealed.png")
    assert answer.status_code == 409
    assert answer.content.decode() == (
        "样张未能生成。「县档案馆」的印章图片文件已不存在。请管理员重新上传，或者去掉印章。"
    )


def test_a_form_without_a_stamp_is_not_sealed(county: County, client_of: ClientOf) -> None:
    county.department.seal.save("seal.png", ContentFile(red_picture((42, 42))))
    edition = county.cycle.edition
    edition.layout["header"] = [{**item, "stamp": ""} for item in edition.layout["header"]]
    edition.save()
    filing = county.in_review()
    client = client_of(county.performance_reviewer)
    assert "本表样没有盖章处，定稿<strong>不盖章</strong>" in html(client.get(f"/filings/{filing.pk}/approve/"))
    picture = Image.open(BytesIO(client.get(f"/filings/{filing.pk}/approve/sealed.png").content)).convert("RGB")
    assert red_box(picture) is None
