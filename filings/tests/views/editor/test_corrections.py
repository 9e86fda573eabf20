"""退回意见 on the fill-in page: answers, closed rows, rounds, at the form's address and at the script's."""

import re

import pytest
from django.test import Client

from filings.choices import RemarkState, Role, Status
from filings.drafts import Change
from filings.drafts.remark_answers import save_with_answers
from filings.drafts.reopened import CLOSED
from filings.errors import StepRefused
from filings.models import Filing, Remark
from filings.reviewing.new_remark import NewRemark
from filings.tests.county import County, answer_remarks, create_user
from filings.tests.reviewing.returns import decide, resubmitted, returned, reviewed_by_performance, states
from filings.tests.views.page_forms import posted
from filings.tests.views.pages import html, take, words
from filings.tests.views.script_posts import GOAL, send


@pytest.fixture
def county(db: None) -> County:
    return reviewed_by_performance()


@pytest.fixture
def client(client: Client, county: County) -> Client:
    client.force_login(county.filler)
    return client


def page(client: Client, filing: Filing) -> str:
    return html(client.get(f"/filings/{filing.pk}/fill/"))


def post(client: Client, filing: Filing, action: str, **typed: str) -> str:
    response = client.post(f"/filings/{filing.pk}/fill/{action}/", posted(page(client, filing)) | typed, follow=True)
    return html(response)


def test_the_form_saves_open_cells_and_keeps_the_text_of_closed_ones_with_the_reason(
    client: Client, county: County
) -> None:
    filing = returned(county, "goals[0]")
    typed = {"texts-goal:0": "管好县档案，服务全县。", "amounts-TOTAL": "120"}
    answer = post(client, filing, "save", **typed)
    assert CLOSED in answer
    assert posted(answer)["amounts-TOTAL"] == "120"
    assert filing.amounts.get(line="TOTAL").raw == "100"
    assert filing.texts.get(place="goals[0]").raw == "管好县档案，服务全县。"


def test_the_script_is_refused_closed_cells_with_the_reason_and_learns_what_is_open(
    client: Client, county: County
) -> None:
    filing = returned(county, "goals[0]")
    changes = (
        ("goals[0]", GOAL, "管好县档案。"),
        ("indicators[i0].target", "≥500卷", "≥1卷"),
        ("indicators[i0]", "20", ""),
    )
    answer = send(client, filing, *changes).json()
    assert answer["applied"] == ["goals[0]"]
    assert answer["refused"] == [
        {"place": "indicators[i0].target", "said": CLOSED},
        {"place": "indicators[i0]", "said": CLOSED},
    ]
    assert answer["open"] == ["goals[0]"]
    assert filing.indicators.get(key="i0").target == "≥500卷"


def test_both_addresses_refuse_new_words_for_a_closed_duty_that_was_renumbered(client: Client, county: County) -> None:
    filing = returned(county, "goals[0]")
    duty = "duties[d1].text"
    words_of_duty = "负责全县档案的收集和保管。"
    changes = (
        (duty, f"（一）{words_of_duty}", f"（二）{words_of_duty}"),
        (duty, "（二）完全不同。", "（三）完全不同。"),
    )
    for number, (change, applied) in enumerate(zip(changes, ([duty], []), strict=True), start=1):
        answer = send(client, filing, change, client_id=f"0123456789abcdef-{number}").json()
        assert answer["applied"] == applied
    assert answer["refused"] == [{"place": duty, "said": CLOSED}]
    fields = posted(page(client, filing))
    name = next(name for name, text in fields.items() if text == f"（二）{words_of_duty}" and "initial" not in name)
    typed = {name: "（三）完全不同。", f"initial-{name}": "（二）完全不同。"}
    assert CLOSED in post(client, filing, "save", **typed)
    assert filing.duties.get(key="d1").raw == f"（二）{words_of_duty}"


def test_an_error_copied_into_an_open_row_opens_no_closed_row(client: Client, county: County) -> None:
    filing = returned(county, "indicators[i0]")
    filing.indicators.filter(key="i1").update(node=filing.indicators.get(key="i0").node)
    copied = (("indicators[i0].name", "接收档案", "查阅人次"), ("indicators[i0].target", "≥500卷", "≥300人次"))
    answer = send(client, filing, *copied).json()
    assert (answer["error_count"], "indicators[i1].target" in answer["open"]) == (2, False)
    change = ("indicators[i1].target", "≥300人次", "≥1人次")
    answer = send(client, filing, change, client_id="0123456789abcdef-2").json()
    assert answer["refused"] == [{"place": "indicators[i1].target", "said": CLOSED}]
    name = re.search(r'id="at-indicators-i1-target" name="([^"]+)"', page(client, filing))
    assert name
    assert CLOSED in post(client, filing, "save", **{name[1]: "≥1人次"})
    assert filing.indicators.get(key="i1").target == "≥300人次"


def test_a_whole_table_is_open_at_both_addresses(client: Client, county: County) -> None:
    filing = decide(county, county.in_review(), remarks=[NewRemark("goals[0]", "太笼统")], whole_form=True)
    assert send(client, filing, ("amounts[TOTAL]", "100", "120")).json()["open"] is None
    assert "data-closed" not in page(client, filing)


def test_closed_cells_are_read_only_and_open_rows_are_marked(client: Client, county: County) -> None:
    shown = page(client, returned(county, "indicators[i0]"))
    name = shown[shown.index('id="at-indicators-i0-name"') :][:400]
    assert "data-closed" not in name[: name.index(">")]
    assert '<span class="reopened no-print">可改</span>' in name
    assert shown.count('<span class="reopened no-print">可改</span>') == 1
    other = shown[shown.index('id="at-indicators-i1-name"') :]
    assert " readonly data-closed" in other[: other.index(">")]
    assert shown.count('class="row-menu') - shown[shown.index('id="new-') :].count('class="row-menu') == 1


def test_an_unanswered_table_is_not_submitted_and_the_remarks_are_listed_with_links(
    client: Client, county: County
) -> None:
    filing = returned(county, "goals[0]", "indicators[i0].target")
    first, second = Remark.objects.order_by("id")
    answer = post(client, filing, "submit", **{"answers-0-choice": "declined", "answers-0-text": "按规划填写。"})
    panel = answer[answer.index('id="findings-title"') :]
    assert "）：<b>暂不能提交：1 条退回意见未办理；另有 7 项提醒</b></p>" in panel
    assert '<section class="finding-group unanswered">' in panel
    assert '<h3>退回意见未办理 <span class="num">1</span></h3>' in panel
    assert 'class="finding-group error"' not in panel
    link = f'<a href="#remark-{second.pk}">数量指标第 2 行</a>'
    assert f"{link}：请改indicators[i0].target（没有修改，也没有写明不改的理由）" in panel
    assert f'id="remark-{second.pk}"' in answer
    first.refresh_from_db()
    assert (first.state, first.answer) == (RemarkState.DECLINED, "按规划填写。")
    target = re.search(r'id="at-indicators-i0-target" name="([^"]+)"', answer)
    assert target
    post(client, filing, "submit", **{target[1]: "≥600卷", "answers-1-choice": "changed"})
    take(client, filing, "submit")
    assert Filing.objects.get().status == Status.SIGNING
    assert states(filing) == [
        (1, "goals[0]", RemarkState.DECLINED),
        (1, "indicators[i0].target", RemarkState.CHANGED),
    ]


def test_the_pages_count_unanswered_remarks_before_a_submission(client: Client, county: County) -> None:
    filing = returned(county, "goals[0]")
    addresses = (f"/filings/{filing.pk}/fill/", f"/filings/{filing.pk}/")
    for address in addresses:
        shown = client.get(address).content.decode()
        assert re.search(r"尚有 \d+ 项待填，1 条退回意见未办理", shown)
        assert "finding-group unanswered" not in shown
    Remark.objects.update(state=RemarkState.DECLINED, answer="按规划填写。")
    for address in addresses:
        assert "退回意见未办理" not in client.get(address).content.decode()


def test_the_page_of_the_submission_lists_unanswered_remarks(client: Client, county: County) -> None:
    filing = returned(county, "goals[0]")
    remark = Remark.objects.get()
    for response in (client.get(f"/filings/{filing.pk}/submit/"), take(client, filing, "submit")):
        shown = response.content.decode()
        assert "暂不能提交：1 条退回意见未办理" in shown
        assert f'<a href="/filings/{filing.pk}/fill/#remark-{remark.pk}">请改goals[0]</a>' in shown
        assert "确认提交</button>" not in shown
    assert Filing.objects.get().status == Status.RETURNED


def test_a_choice_is_shown_again(client: Client, county: County) -> None:
    filing = returned(county, "goals[0]")
    post(client, filing, "save", **{"answers-0-choice": "changed"})
    fields = posted(page(client, filing))
    assert (fields["answers-0-choice"], fields["answers-0-seen_choice"]) == ("changed", "changed")
    assert "这一行尚未改动" in page(client, filing)


def test_an_answer_that_the_letter_cannot_print_is_kept_with_a_warning(client: Client, county: County) -> None:
    filing = returned(county, "goals[0]")
    post(client, filing, "save", **{"answers-0-text": "按规划😀。"})
    assert "按规划😀。</textarea>" in page(client, filing)
    assert "说明有 1 个字符无法打印：「😀」（U+1F600）。请换成通用的汉字或符号。" in page(client, filing)


def test_answers_are_stored_with_the_table_or_not_at_all(client: Client, county: County) -> None:
    filing = returned(county, "goals[0]")
    fields = posted(page(client, filing))
    typed = {"answers-0-text": "按规划填写。", "answers-0-choice": "declined", "texts-goal:0": "管好县档案。"}
    answer_remarks(filing, county.filler)
    resubmitted(county, filing)
    answer = html(client.post(f"/filings/{filing.pk}/fill/save/", fields | typed))
    assert "刚才的修改未保存" in answer
    assert "按规划填写。" in answer
    assert "管好县档案。" in answer
    only_the_answer = fields | {"answers-0-text": "按规划填写。"}
    assert "刚才的修改未保存" in html(client.post(f"/filings/{filing.pk}/fill/save/", only_the_answer))
    assert Remark.objects.get().answer == "不改，按规划填写。"


def test_a_newer_answer_is_not_replaced_by_the_form(client: Client, county: County) -> None:
    filing = returned(county, "goals[0]")
    fields = posted(page(client, filing))
    answer_remarks(filing, create_user("colleague", Role.FILLER, county.department))
    typed = {"answers-0-text": "按规划填写。", "texts-goal:0": "管好县档案。"}
    refused = words(client.post(f"/filings/{filing.pk}/fill/save/", fields | typed))
    assert "已将说明改为「不改，按规划填写。」，您填写的内容未保存。" in refused
    assert "管好县档案。" in refused
    assert "答复 按规划填写。" in refused
    assert Remark.objects.get().answer == "不改，按规划填写。"


def test_a_newer_choice_is_not_replaced_by_the_form(client: Client, county: County) -> None:
    filing = returned(county, "goals[0]")
    fields = posted(page(client, filing))
    client.post(f"/filings/{filing.pk}/fill/save/", fields | {"answers-0-choice": "changed"})
    declined = fields | {"answers-0-choice": "declined"}
    refused = words(client.post(f"/filings/{filing.pk}/fill/save/", declined))
    assert "已将办理情况改为「已改」，您填写的内容未保存。" in refused
    assert Remark.objects.get().state == RemarkState.CHANGED
    seen = {"answers-0-seen_choice": "changed"}
    client.post(f"/filings/{filing.pk}/fill/save/", declined | seen)
    assert Remark.objects.get().state == RemarkState.DECLINED


def test_a_refused_save_of_the_table_takes_back_its_answers(client: Client, county: County) -> None:
    filing = returned(county, "goals[0]")
    (remark,) = Remark.objects.all()
    changes = [Change("goals[0]", GOAL, "管好县档案。")]
    Filing.objects.update(status=Status.DRAFT, resume_stage="")
    with pytest.raises(StepRefused):
        save_with_answers(
            filing, changes, {remark.pk: "不改。"}, {}, seen={}, by=county.filler, client_id="0123456789", since=None
        )
    assert (filing.edits.count(), Remark.objects.get().answer) == (0, "")


def test_a_second_return_shows_its_own_remarks_and_the_first_ones_as_earlier(client: Client, county: County) -> None:
    remarks = [NewRemark("goals[0]", "第一次的意见。"), NewRemark("amounts[TOTAL]", "核对总额。")]
    filing = decide(county, county.in_review(), remarks=remarks)
    filing = resubmitted(county, answer_remarks(filing, county.filler))
    filing = decide(county, filing, remarks=[NewRemark("goals[0]", "第二次的意见。")])
    shown = page(client, filing)
    assert shown.count('<li id="remark-') == 1
    notice = words(client.get(f"/filings/{filing.pk}/fill/"))
    assert "绩效股退回（第 2 轮）" in notice
    assert "这一行以前的意见（1 条） 第 1 轮 绩效股 第一次的意见。 不改，说明 答复：不改，按规划填写。" in notice
    assert "以前各轮的其他意见（1 条） 第 1 轮 绩效股 核对总额。" in notice
    table = shown[shown.index('<table class="official') :]
    assert ("第二次的意见。" in table, "第一次的意见。" in table, "核对总额。" in table) == (True, False, False)
    read = html(client.get(f"/filings/{filing.pk}/"))
    table = read[read.index('<table class="official') : read.index("</article>")]
    assert ("第二次的意见。" in table, "第一次的意见。" in table) == (True, False)
    reviews = read[read.index('id="reviews-title"') :]
    assert ("第二次的意见。" in reviews, "第一次的意见。" in reviews) == (True, True)


def test_internal_remarks_are_on_no_page_of_the_department(client: Client, county: County) -> None:
    remarks = [NewRemark("goals[0]", "太笼统"), NewRemark("indicators[i0]", "只给局里看", internal=True)]
    filing = decide(county, county.in_review(), remarks=remarks)
    addresses = [f"/filings/{filing.pk}/{page}" for page in ("", "fill/", "revisions/1/")]
    for user, is_visible in ((county.filler, False), (county.head, False), (county.performance_reviewer, True)):
        client.force_login(user)
        for address in addresses if user == county.filler else (addresses[0], addresses[2]):
            assert ("只给局里看" in html(client.get(address))) is is_visible, (user, address)
    client.force_login(county.filler)
    assert "只给局里看" not in str(send(client, filing, ("goals[0]", GOAL, "管好县档案。")).content.decode())
    assert "逐条意见 1 条" in words(client.get(f"/filings/{filing.pk}/"))
