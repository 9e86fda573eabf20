"""Copying editions to the next year, and printing a sample."""

from dataclasses import replace

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.urls import reverse

from filings.admin.editions.preview import year_for
from filings.document.bundled_editions import editions
from filings.editions.store import EditionTaken, add, store
from filings.models import FormEdition
from filings.tests.admin.pages import CODE, NAME, copy_of, errors_in, open_copy, open_edition, page, rows
from filings.tests.formats.pdf.pages import needs_poppler, page_texts
from filings.tests.lifecycle.test_races import at_once

pytestmark = pytest.mark.django_db


def test_a_copy_differs_from_its_source_in_its_names_only(client: Client, edition: FormEdition) -> None:
    asked = open_copy(client, edition)
    assert {name: asked.values[name] for name in ("code", "version", "name")} == {
        "code": CODE,
        "version": "1",
        "name": NAME,
    }
    answer = asked.send()
    made = FormEdition.objects.get(code=CODE)
    assert answer["Location"] == page("change", made)
    assert made.definition() == replace(edition.definition(), code=CODE, version=1, name=NAME)
    edition.refresh_from_db()
    assert made.layout == edition.layout
    assert made.stamp != edition.stamp
    opened = client.get(answer["Location"]).content.decode()
    assert "已从「湖南县级部门整体支出绩效目标表（2022年）」复制" in opened
    assert LogEntry.objects.get(object_id=str(made.pk)).get_change_message().startswith("复制自「湖南县级")


def test_a_code_without_a_year_is_suggested_again_with_the_next_version(client: Client, edition: FormEdition) -> None:
    row = add(replace(edition.definition(), code="county", version=4, name="县表"))
    asked = open_copy(client, row)
    assert [asked.values[name] for name in ("code", "version", "name")] == ["county", "5", "县表"]


def test_a_taken_code_and_version_is_refused(client: Client, edition: FormEdition) -> None:
    before = rows()
    asked = open_copy(client, edition)
    wish = {"code": edition.code, "version": str(edition.version), "name": "同名"}
    code, version = edition.code, edition.version
    message = f"已有代码为 {code}、版次为 {version} 的表样。请把版次改成 {version + 1}，或者换一个代码。"
    assert asked.refusal(wish) == [message]
    assert rows() == before


def test_code_and_version_are_unique(edition: FormEdition) -> None:
    before = rows()
    with pytest.raises(EditionTaken, match=f"hunan-county-2022 version {edition.version} exists"):
        add(edition.definition())
    assert rows() == before


@pytest.mark.parametrize(
    ("wish", "message"),
    [
        ({"code": "湖南 2023"}, "代码只用字母、数字、横线和点，例如 hunan-county-2023。"),
        ({"version": "10000"}, "确保该值小于或等于9999。"),
        ({"name": "名\x01称"}, "有一处文字太长（最多 100 个字），或者含有打印不出的字符。文字是「名\\x01称」。"),
    ],
)
def test_invalid_names_of_a_copy_are_refused(
    client: Client, edition: FormEdition, wish: dict[str, str], message: str
) -> None:
    assert open_copy(client, edition).refusal(wish) == [message]
    assert FormEdition.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_simultaneous_copies_are_refused_without_an_error_page(client: Client, edition: FormEdition) -> None:
    asked = open_copy(client, edition)
    codes = [f"county-{2030 + number}" for number in range(8)]

    def work(number: int) -> None:
        for code in codes:
            answer = asked.send({"code": code})
            message = [f"已有代码为 {code}、版次为 1 的表样。请把版次改成 2，或者换一个代码。"]
            assert answer.status_code == 302 or errors_in(answer.content.decode()) == message

    at_once(3, work)
    made = FormEdition.objects.filter(code__startswith="county-")
    assert list(made.values_list("code", "version")) == [(code, 1) for code in codes]
    assert all(row.definition() == replace(edition.definition(), code=row.code, version=1, name=NAME) for row in made)


def test_a_changed_label_shows_in_the_preview(client: Client, edition: FormEdition) -> None:
    made = copy_of(client, edition)
    shown = open_edition(client, made)
    shown.send({f"{shown.row('质量指标')}-label": "品质<b>指标", "severity-B1": "advice"})
    text = client.get(page("preview", made)).content.decode()
    assert "2023年部门整体支出绩效目标表" in text
    assert "品质&lt;b&gt;指标</th>" in text
    assert "质量指标</th>" not in text
    assert "<li>指标：「质量指标」改为「品质&lt;b&gt;指标」</li><li>规则 B1：「须改正」改为「建议」</li>" in text


@needs_poppler
@pytest.mark.parametrize("code", sorted(editions()))
def test_a_sample_is_printed_as_a_draft(client: Client, code: str) -> None:
    row = store(editions()[code])
    answer = client.get(page("pdf", row))
    assert answer["Content-Type"] == "application/pdf"
    title = editions()[code].title_for(year_for(editions()[code]))
    assert all("草稿" in text for text in page_texts(answer.content))
    assert title in page_texts(answer.content)[0]


def test_a_manager_finds_copy_and_preview_in_the_list(client: Client, edition: FormEdition) -> None:
    text = client.get(reverse("admin:filings_formedition_changelist")).content.decode()
    for name, words in (("copy", "复制为下一年的表样"), ("preview", "预览打印样张")):
        assert f'<a href="{page(name, edition)}">{words}</a>' in text


@pytest.mark.parametrize("name", ["copy", "preview", "pdf"])
def test_a_missing_edition_is_not_found(client: Client, name: str) -> None:
    assert client.get(reverse(f"admin:filings_formedition_{name}", args=[999])).status_code == 404
