"""The text about seal and signature on the pages of a copy."""

from django.template.loader import render_to_string

from filings.models import IssuedCopy

TEMPLATE = "filings/verification/_legal.html"


def test_a_signed_copy_names_its_signer() -> None:
    text = render_to_string(TEMPLATE, {"copy": IssuedCopy(signed_by="某县财政局", level="B-T")})
    assert "由「某县财政局」的签名证书作电子签名（PAdES，B-T 级）" in text
    assert "不是符合 GB/T 38540 的电子印章" in text
    assert "演示证书" not in text


def test_another_kind_of_signature_is_left_to_its_service_to_explain() -> None:
    text = render_to_string(TEMPLATE, {"copy": IssuedCopy(signed_by="省电子印章平台", level="GB/T 38540")})
    assert "由「省电子印章平台」以 GB/T 38540 方式签名，其效力由该签名服务的提供者说明。" in text
    for claim in ("PAdES", "签名覆盖整个文件", "不是符合 GB/T 38540 的电子印章"):
        assert claim not in text


def test_a_copy_of_the_demonstration_has_no_force() -> None:
    text = render_to_string(TEMPLATE, {"copy": IssuedCopy(signed_by="演示县财政局（演示）", level="B-B")})
    assert "这份文件用演示证书签名，不具法律效力。" in text


def test_an_unsigned_copy_is_not_called_signed() -> None:
    text = render_to_string(TEMPLATE, {"copy": IssuedCopy()})
    assert "这份定稿没有电子签名。" in text
    assert "签名覆盖整个文件" not in text
    assert "不是符合 GB/T 38540 的电子印章" in text


def test_without_a_copy_the_text_is_general() -> None:
    assert "由签发机关的签名证书作电子签名（PAdES）" in render_to_string(TEMPLATE)
