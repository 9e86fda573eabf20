"""Editor, detail and review pages of the editions with tasks and with target values in three columns."""

import re

import pytest
from django.test import Client

from filings import drafts
from filings.choices import Action, Stage
from filings.document.place import Place
from filings.models import Filing, IssuedCopy, Remark, Revision
from filings.tests.county import County, answer_remarks, step
from filings.tests.county_editions import (
    PARTED,
    TASKS,
    first_row,
    first_task,
    on_form,
    tasks,
)
from filings.tests.views.conftest import ClientOf
from filings.tests.views.page_forms import posted
from filings.tests.views.pages import html, take, words
from filings.tests.views.script_posts import send

pytestmark = pytest.mark.django_db


@pytest.fixture
def filing(client: Client, county: County, request: pytest.FixtureRequest) -> Filing:
    client.force_login(county.filler)
    return on_form(county, getattr(request, "param", TASKS))


on = pytest.mark.parametrize
parted = on("filing", [PARTED], indirect=True)


def page(client: Client, filing: Filing) -> str:
    return client.get(f"/filings/{filing.pk}/fill/").content.decode()


def field_of(fields: dict[str, str], key: str, column: str) -> str:
    """Return the name of the form field for a column of a row."""
    [prefix] = [name.removesuffix("key") for name, value in fields.items() if name.endswith("-key") and value == key]
    return f"{prefix}{column}"


def fill(filing: Filing, county: County) -> None:
    """Fill in content that breaks no rule."""
    changes = [("goals[0]", "管好县档案，随时可查。"), ("amounts[TOTAL]", "42")]
    (duty,) = drafts.raw(filing).duties
    form = filing.cycle.edition.definition()
    if form.has("tasks"):
        row = first_task(filing)
        changes += [(f"{row}.name", "档案进馆"), (f"{row}.content", "接收到期档案"), (f"{row}.amount", "42")]
    else:
        changes += [("amounts[INC.GENERAL]", "42"), ("amounts[EXP.BASIC]", "42")]
    names = {
        "OUT.QTY": ("接收档案", "≥500卷"),
        "COST.ECON": ("机关运转支出", "≤42万元"),
        "BEN.SOC": ("查阅人次", "≥300人次"),
    }
    names |= {"SAT.SERV": ("查档群众满意度", "≥95%"), "OUT.QUAL": ("完好率", "≥99%")}
    weights = iter(("20", "20", "20", "20", "10"))
    for node, (name, target) in names.items():
        if form.levels(node):
            row = first_row(filing, node)
            changes += [(f"{row}.name", name), (f"{row}.target", target)]
            changes += [(f"{row}.weight", next(weights))] if form.has_comparator_column else []
    stored = drafts.load(filing).stored
    listed = [drafts.Change(place, stored.text(Place.parse(place)) or "", text) for place, text in changes]
    listed.append(drafts.Change(f"duties[{duty.key}].text", duty.text, "（一）负责全县档案的收集和保管。"))
    assert drafts.save(filing, listed, by=county.filler, client_id="all").is_whole


def test_tasks_are_filled_in_without_scripts(client: Client, filing: Filing) -> None:
    shown = posted(page(client, filing))
    key = first_task(filing).key
    typed = {field_of(shown, key, "name"): "档案进馆", field_of(shown, key, "amount"): "42"}
    assert client.post(f"/filings/{filing.pk}/fill/save/", shown | typed).status_code == 302
    assert tasks(filing) == [("档案进馆", "", "42")]
    again = posted(page(client, filing))
    assert [again[name] for name in typed] == ["档案进馆", "42"]


@parted
def test_weights_are_filled_in_without_scripts(client: Client, filing: Filing) -> None:
    shown = posted(page(client, filing))
    row = first_row(filing, "OUT.QTY")
    typed = {field_of(shown, row.key, column): text for column, text in (("target", "≥500 卷"), ("weight", "10"))}
    assert client.post(f"/filings/{filing.pk}/fill/save/", shown | typed).status_code == 302
    [filled] = [indicator for indicator in drafts.raw(filing).indicators if indicator.more]
    assert (filled.key, filled.target, dict(filled.more)) == (row.key, "≥500 卷", {"weight": "10"})


def states(page: str) -> list[tuple[str, str]]:
    """Return (label, state) of each section in the list of sections."""
    listed = re.search(r'id="sections".*?</nav>', page, re.DOTALL)
    assert listed
    without_help = re.sub(r'<a class="section-help".*?</a>', "", listed[0])
    text = re.sub(r"<[^>]+>", "\n", without_help.partition(">")[2])
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    return list(zip(lines[::2], lines[1::2], strict=True))


def test_the_sections_are_those_of_the_form_and_a_gap_counts_with_the_tasks(
    client: Client, county: County, filing: Filing
) -> None:
    assert states(page(client, filing)) == [
        ("部门名称", "已完成"),
        ("部门职能职责", "未填"),
        ("年度主要任务", "未填"),
        ("年度总体目标", "未填"),
        ("年度绩效指标", "未填"),
    ]
    fill(filing, county)
    assert dict(states(page(client, filing)))["年度主要任务"] == "已完成"
    send(client, filing, ("amounts[TOTAL]", "42", "45"))
    assert dict(states(page(client, filing)))["年度主要任务"] == "1 项待填"
    answer = send(client, filing, ("amounts[TOTAL]", "45", "40"), client_id="0123456789abcdef-2").json()
    assert dict(states(page(client, filing)))["年度主要任务"] == "1 处问题"
    message = "1 项任务的预算金额合计 42.00 万元，比金额合计 40.00 万元多 2.00 万元。"
    assert message in answer["notes"]["at-amounts-TOTAL-notes"]


@parted
def test_an_opinion_is_no_section_to_be_filled_in(client: Client, filing: Filing) -> None:
    assert [name for name, _ in states(page(client, filing))] == [
        "部门名称",
        "年度预算（万元）",
        "部门职能概述",
        "年度总体目标",
        "年度绩效指标",
        "预算执行率（10分）",
    ]
    assert re.search(r'<td class="opinion" colspan="8">[^<]*<br><br>（盖章）', page(client, filing))


@on(
    ("total", "amount", "state", "text"),
    [
        ("", "", "blank", "未填写"),
        ("42", "42", "holds", "与金额合计相符"),
        ("42", "40.5", "open", "比金额合计少 1.50 万元"),
        ("42", "450000元", "gap", "比金额合计多 3.00 万元"),
        ("", "5", "gap", "比金额合计多 5.00 万元"),
        ("42", "若干", "unreadable", "有金额无法识别"),
        ("很多", "42", "unreadable", "有金额无法识别"),
    ],
)
def test_the_sum_of_the_tasks_is_shown_next_to_the_table(
    client: Client, county: County, filing: Filing, total: str, amount: str, state: str, text: str
) -> None:
    row = first_task(filing)
    send(client, filing, ("amounts[TOTAL]", "", total), (f"{row}.amount", "", amount))
    splits = re.findall(r'<tbody class="split (\w+)">.*?class="gap">(.*?)</span>', page(client, filing), re.DOTALL)
    assert splits == [(state, text)]


def test_without_expenditure_costs_are_not_reported_as_unfunded(
    client: Client, county: County, client_of: ClientOf, filing: Filing
) -> None:
    row = first_row(filing, "OUT.COST")
    send(client, filing, (f"{row}.name", "", "接收成本"), (f"{row}.target", "", "≤42万元"))
    assert "每条职责由哪些指标说明，见「职责覆盖」。" in page(client, filing)
    assert "未对应资金的成本指标" not in page(client, filing)


@parted
def test_weights_that_do_not_add_up_are_noted_at_a_wide_column(client: Client, county: County, filing: Filing) -> None:
    fill(filing, county)
    row = first_row(filing, "OUT.QTY")
    answer = send(client, filing, (f"{row}.weight", "20", "15"), checked=True).json()
    message = "各行分值合计 85，比 90 少 5。请核对各行的分值。"
    first = drafts.document(filing).indicators[0].key
    assert [anchor for anchor, notes in answer["notes"].items() if message in notes] == [
        f"at-indicators-{first}-name-notes"
    ]
    # The list leads to the weight itself.
    assert re.search(f'<a href="#at-indicators-{first}-weight">[^<]+</a> 等 5 处：{message}', answer["found"])


@on("filing", [TASKS, PARTED], indirect=True)
def test_it_goes_through_review_with_remarks_on_rows_and_is_issued(
    county: County, client_of: ClientOf, filing: Filing
) -> None:
    fill(filing, county)
    step(Action.SUBMIT, filing, county.filler)
    step(Action.SIGN, filing, county.head)
    row = first_task(filing) if filing.cycle.edition.code == TASKS else first_row(filing, "OUT.QTY")
    reviewer = client_of(county.supervisor_reviewer)
    shown = html(reviewer.get(f"/filings/{filing.pk}/review/"))
    assert shown.count(f'<textarea name="remark:{row}"') == 1
    # One remark a row: the narrow columns have none of their own.
    assert not re.search(r'name="remark:[^"]*\.(?:weight|note|amount|content|target)"', shown)
    assert (
        take(reviewer, filing, "return", grade="fair", reason="请补充。", **{f"remark:{row}": "写明口径。"}).status_code
        == 302
    )
    assert Remark.objects.get().place == str(row)
    for address in (f"/filings/{filing.pk}/", f"/filings/{filing.pk}/fill/"):
        assert "写明口径。" in words(client_of(county.filler).get(address)), address
    step(Action.SUBMIT, answer_remarks(Filing.objects.get(), county.filler), county.filler)
    step(Action.SIGN, filing, county.head)
    for who in (county.supervisor_reviewer, county.section_reviewer, county.performance_reviewer):
        step(Action.APPROVE_STAGE, filing, who, exception_reason="按单位的说明通过。")
    assert IssuedCopy.objects.get().filing == filing
    read = client_of(county.filler).get(f"/filings/{filing.pk}/")
    assert ("档案进馆" in words(read)) is (filing.cycle.edition.code == TASKS)
    revision = Revision.objects.latest("number")
    earlier = client_of(county.filler).get(f"/filings/{filing.pk}/revisions/{revision.number}/")
    assert "接收档案" in words(earlier)


def test_an_approved_table_with_tasks_is_adjusted(county: County, client_of: ClientOf) -> None:
    county.cycle.stages = [Stage.PERFORMANCE]
    county.cycle.save()
    filing = on_form(county, TASKS)
    fill(filing, county)
    for action, who in (
        (Action.SUBMIT, county.filler),
        (Action.SIGN, county.head),
        (Action.APPROVE_STAGE, county.performance_reviewer),
    ):
        step(action, filing, who)
    step(Action.ADJUST, filing, county.filler, reason="预算调整")
    assert tasks(filing) == [("档案进馆", "接收到期档案", "42")]
    row = first_task(filing)
    answer = send(client_of(county.filler), filing, (f"{row}.amount", "42", "40"), ("amounts[TOTAL]", "42", "40"))
    assert len(answer.json()["applied"]) == 2


@on("code", [TASKS, PARTED])
def test_the_page_of_rules_is_there(county: County, client_of: ClientOf, code: str) -> None:
    on_form(county, code)
    shown = words(client_of(county.filler).get(f"/cycles/{county.cycle.pk}/rules/"))
    assert "B8" in shown
    assert "T8" in shown


@on("filing", [TASKS, PARTED], indirect=True)
def test_every_format_of_a_draft_can_be_downloaded(client: Client, county: County, filing: Filing) -> None:
    fill(filing, county)
    for kind in ("pdf", "xlsx", "docx", "html", "txt", "json", "csv"):
        answer = client.get(f"/filings/{filing.pk}/files/{kind}/")
        assert answer.status_code == 200, kind


@on("filing", [TASKS, PARTED], indirect=True)
def test_restore_points_show_the_table(client: Client, county: County, filing: Filing) -> None:
    place = (
        f"{first_task(filing)}.name" if filing.cycle.edition.code == TASKS else f"{first_row(filing, 'OUT.QTY')}.weight"
    )
    send(client, filing, (place, "", "7"), point="paste")
    send(client, filing, (place, "7", "8"), client_id="0123456789abcdef-2")
    kept = filing.points.latest("id")
    shown = words(client.get(f"/filings/{filing.pk}/fill/points/{kept.pk}/"))
    assert "现在 「8」" in shown
