"""Requests refused before any view: the response explains why, and nothing of the body is stored."""

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from filings.document.content import LONGEST_FIELD, LONGEST_PROSE, MOST_DUTIES, MOST_INDICATORS
from filings.document.target import LONGEST as LONGEST_TARGET
from filings.models import Filing
from filings.tests.county import County, found_county
from filings.tests.views.pages import words

pytestmark = pytest.mark.django_db
MEGABYTE = 1024 * 1024


@pytest.fixture
def county() -> County:
    return found_county()


@pytest.fixture
def filing(client: Client, county: County) -> Filing:
    client.force_login(county.filler)
    return county.filled()


def test_an_oversized_file_is_refused_with_its_size_without_a_login(client: Client) -> None:
    upload = SimpleUploadedFile("a.png", b"x" * 22 * MEGABYTE)
    reply = client.post("/accounts/login/", {"file": upload})
    assert reply.status_code == 413
    assert "共 22.0 MB，一次最多 21 MB" in words(reply)


def test_a_body_without_a_file_has_half_the_limit(client: Client) -> None:
    reply = client.post("/accounts/login/", b"x" * 12 * MEGABYTE, content_type="application/json")
    assert reply.status_code == 413
    assert "共 12.0 MB，一次最多 10 MB" in words(reply)


def test_a_table_with_texts_of_maximum_length_can_be_posted() -> None:
    bytes_per_character, previous_and_typed = len("%E4%B8%AD"), 2
    characters = (MOST_DUTIES + 1) * LONGEST_PROSE + MOST_INDICATORS * (LONGEST_FIELD + LONGEST_TARGET)
    assert characters * bytes_per_character * previous_and_typed + MEGABYTE < settings.DATA_UPLOAD_MAX_MEMORY_SIZE


@pytest.mark.parametrize("address", ["/filings/?status=%00", "/v/%00/", "/admin/filings/department/?code__exact=%00"])
def test_an_address_with_nul_is_refused(client: Client, address: str) -> None:
    reply = client.get(address)
    assert reply.status_code == 400
    assert "无法识别" in words(reply)


def test_too_many_fields_are_refused(client: Client, filing: Filing) -> None:
    fields = {f"field{number}": "" for number in range(settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1)}
    reply = client.post(f"/filings/{filing.pk}/fill/save/", fields)
    assert reply.status_code == 400
    assert "无法识别这次请求" in words(reply)


def test_opening_the_address_of_an_action_explains_that_it_is_no_page(client: Client, filing: Filing) -> None:
    reply = client.get(f"/filings/{filing.pk}/withdraw/")
    assert (reply.status_code, reply["Allow"]) == (405, "POST")
    assert int(reply["Content-Length"]) == len(reply.content)
    assert "这个地址不能直接打开" in words(reply)
