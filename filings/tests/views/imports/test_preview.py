"""Preview of each table of a file: remarks on department and year, warnings, findings, and which is open."""

import re
from dataclasses import replace
from html import unescape
from typing import Any

import pytest
from django.test import Client

from filings import drafts
from filings.document.content import FilingDocument
from filings.formats import text
from filings.models import Filing
from filings.table.layout.document import lay_out
from filings.tests.county import County, fill
from filings.tests.founding import EDITION, founding_document, with_indicators
from filings.tests.views.conftest import ClientOf
from filings.tests.views.pages import html, words

pytestmark = pytest.mark.both


@pytest.fixture
def filing(county: County) -> Filing:
    return county.started()


@pytest.fixture
def client(county: County, client_of: ClientOf) -> Client:
    return client_of(county.filler)


def document_of(department: str, year: int) -> FilingDocument:
    return replace(founding_document(), year=year, fields={"department": department, "filing_unit": department})


def written(*documents: FilingDocument) -> str:
    return "\n".join(text.write(lay_out(document, EDITION)) for document in documents)


def previewed(client: Client, filing: Filing, pasted: str) -> Any:
    answer = client.post(f"/filings/{filing.pk}/fill/import/preview/", {"text": pasted})
    assert answer.status_code == 200
    return answer


def open_tables(answer: Any) -> list[bool]:
    return [bool(mark) for mark in re.findall(r'<details class="candidate"( open)?>', html(answer))]


def severities(answer: Any) -> list[str]:
    return re.findall(r'<li class="(error|warning|suggestion)"><b>', html(answer))


def test_a_table_of_another_year_or_department_has_remarks(client: Client, county: County, filing: Filing) -> None:
    year = county.cycle.year
    page = words(previewed(client, filing, written(document_of("县教育局", year - 1))))
    assert f"文件是 {year - 1} 年的表，本次填的是 {year} 年，写有年份、日期和数字的地方请逐处修改。" in page
    assert "文件里的部门是「县教育局」，本次填的是「县档案馆」，请确认没有选错文件。" in page


def test_the_departments_own_table_of_this_year_has_no_remarks(client: Client, county: County, filing: Filing) -> None:
    answer = previewed(client, filing, written(document_of("县 档案馆", county.cycle.year)))
    assert "notice care" not in html(answer)
    assert open_tables(answer) == [True]


def test_of_several_tables_only_the_departments_own_is_open(client: Client, county: County, filing: Filing) -> None:
    tables = [document_of(name, county.cycle.year) for name in ("县教育局", "县司法局")]
    own = document_of("县 档 案 馆", county.cycle.year)
    answer = previewed(client, filing, written(*tables, own))
    assert open_tables(answer) == [True, False, False]
    assert "没有一张写的是" not in words(answer)


def test_without_the_departments_own_table_none_is_open(client: Client, county: County, filing: Filing) -> None:
    tables = [document_of(name, county.cycle.year) for name in ("县教育局", "县司法局")]
    answer = previewed(client, filing, written(*tables))
    assert open_tables(answer) == [False, False]
    assert "文件里有 2 张表，请在需要的一张下点击「采用」。 没有一张写的是「县档案馆」" in words(answer)
    assert "第 1 张：县教育局" in words(answer)


def test_another_departments_table_is_adopted_under_the_own_name(
    client: Client, county: County, filing: Filing
) -> None:
    tables = [document_of(name, county.cycle.year) for name in ("县教育局", "县司法局")]
    answer = previewed(client, filing, written(tables[0], replace(tables[1], goals=("司法局的目标。",))))
    (_, second) = (unescape(value) for value in re.findall(r'name="document" value="([^"]*)"', html(answer)))
    client.post(f"/filings/{filing.pk}/fill/import/adopt/", {"document": second})
    document = drafts.document(filing)
    assert (document.goal, document.department, len(document.indicators)) == ("司法局的目标。", "县档案馆", 12)


def test_more_tables_than_are_shown_are_counted(client: Client, county: County, filing: Filing) -> None:
    tables = [document_of(f"县第{number}局", county.cycle.year) for number in range(6)]
    answer = previewed(client, filing, written(*tables))
    assert len(open_tables(answer)) == 5
    assert "文件里有 6 张表" in words(answer)
    assert "这里列出前 5 张；其余的请单独另存为文件后导入。" in words(answer)


def test_equal_warnings_are_listed_once_with_their_first_cell(client: Client, county: County, filing: Filing) -> None:
    own = written(document_of("县档案馆", county.cycle.year)).replace("质量指标", "数量质量指标")
    answer = previewed(client, filing, own)
    assert "在职人员控制率 等 2 处 没有认出「产出指标 / 数量质量指标」是哪一类指标，请归类。" in words(answer)
    (anchor,) = re.findall(r'<li class="warning"><a href="#([^"]+)">在职人员控制率</a>', html(answer))
    assert html(answer).count(f'id="{anchor}"') == 1


def test_the_most_severe_findings_come_first_and_the_rest_is_counted(
    client: Client, county: County, filing: Filing
) -> None:
    many = replace(with_indicators(40), year=county.cycle.year)
    answer = previewed(client, filing, written(replace(many, amounts={**many.amounts, "EXP.PROJECT": "200"})))
    listed = severities(answer)
    assert len(listed) == 8
    assert listed == sorted(listed, key=["error", "warning", "suggestion"].index)
    assert listed[0] == "error"
    assert re.search(r"还有 \d+ 项，采用后在填报表「核对结果」中查看。", words(answer))


def test_only_an_empty_table_hints_at_the_import(client: Client, filing: Filing) -> None:
    hint, page = "不必从头填写：", f"/filings/{filing.pk}/fill/"
    assert hint in words(client.get(page))
    fill(filing)
    assert hint not in words(client.get(page))
