"""Names and codes of departments and offices in the admin."""

import pytest
from django.test import Client
from django.urls import reverse

from filings.models import Department, Office
from filings.tests.county import County


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"name": "😀单位"}, "「名称」有 1 个字符无法打印：「😀」（U+1F600）。"),
        ({"name": "=单位"}, "「名称」不能以「=」开头"),
        ({"code": "../../x"}, "只能用数字、字母和中间的短横线"),
    ],
)
def test_a_name_or_code_that_cannot_work_is_refused(
    client: Client, county: County, typed: dict[str, str], sentence: str
) -> None:
    values = {"code": "300", "name": "县统计局", "seal_shape": "round_42", **typed}
    assert sentence in client.post(reverse("admin:filings_department_add"), values).content.decode()
    assert not Department.objects.filter(code="300").exists()


def test_a_full_width_code_is_stored_as_ascii_and_stored_ones_stay(client: Client, county: County) -> None:
    client.post(
        reverse("admin:filings_department_add"), {"code": "３００", "name": "县统计局", "seal_shape": "round_42"}
    )
    assert Department.objects.get(name="县统计局").code == "300"
    old = Department.objects.create(code="１.0", name="😀单位")
    values = {"code": old.code, "name": old.name, "contact": "王敏", "seal_shape": "round_42"}
    client.post(reverse("admin:filings_department_change", args=[old.pk]), values)
    assert Department.objects.get(pk=old.pk).contact == "王敏"


def test_the_name_of_an_office_is_checked(client: Client, county: County) -> None:
    answer = client.post(reverse("admin:filings_office_add"), {"name": "@股", "kind": "section"})
    assert "「名称」不能以「@」开头" in answer.content.decode()
    assert Office.objects.count() == 3
