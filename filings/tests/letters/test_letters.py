"""审核意见 and 修改说明: their words from the stored reviews, their formats, and that they never change."""

from io import BytesIO

import pytest
from docx import Document
from pypdf import PdfReader

from filings.choices import Action, Grade, OfficeKind, RemarkState, Stage
from filings.document.place import Place
from filings.drafts.adjustment_reasons import ReasonChange, TypedReason, save_reasons
from filings.drafts.remark_answers import answer
from filings.formats.file import CannotPrint
from filings.letters import files, plain_text
from filings.letters.opinion import opinion
from filings.letters.reply import reply
from filings.letters.rounds import full_office, returned_round, written_date
from filings.lifecycle import workflow
from filings.models import Filing, Office, Remark, Review
from filings.reviewing.new_remark import NewRemark
from filings.reviewing.remarks import asked
from filings.tests.county import County, answer_remarks, step, with_reasons
from filings.tests.reviewing.returns import decide, resubmitted, reviewed_by_performance

pytestmark = pytest.mark.django_db

REMARKS = (
    NewRemark("indicators[i0].target", "请参照上年完成情况提高。", code="low"),
    NewRemark("indicators[i1]", "「查阅人次」与单位职责没有对应关系。", code="duty"),
    NewRemark("goals[0]", "没有写清要达到什么结果。"),
    NewRemark("amounts[TOTAL]", "去年也这样，先放一放。", internal=True),
)


@pytest.fixture
def county() -> County:
    return reviewed_by_performance()


def round_text(filing: Filing, number: int) -> str:
    item = returned_round(filing, number)
    assert item
    return plain_text.write(opinion(item))


def reply_text(filing: Filing, number: int) -> str:
    item = returned_round(filing, number)
    letter = item and reply(item)
    return plain_text.write(letter) if letter else ""


def returned(county: County) -> Filing:
    filing = county.in_review()
    workflow.perform(
        Action.RETURN,
        filing,
        by=county.performance_reviewer,
        expected_lock=filing.lock,
        remarks=REMARKS,
        grade=Grade.FAIR,
        reason="指标值普遍偏低。",
    )
    return Filing.objects.get()


def test_the_letter_lists_the_remarks_by_section_with_reason_name_value_and_deadline(county: County) -> None:
    filing = returned(county)
    item = returned_round(filing, 1)
    assert item
    until = f"于{written_date(filing.due_on)}前" if filing.due_on else ""
    assert round_text(filing, 1).splitlines() == [
        f"关于县档案馆{filing.cycle.year}年部门整体支出绩效目标表的审核意见",
        "",
        "县档案馆：",
        f"你单位报送的{filing.cycle.year}年部门整体支出绩效目标表（第 1 版）收悉。"
        "经第 1 轮审核，现退回修改，意见如下。",
        "评定等级：中。",
        "总体意见：指标值普遍偏低。",
        "一、整体绩效目标",
        "1. 没有写清要达到什么结果。",
        "二、部门整体支出年度绩效指标",
        "2. 【标准偏低】「接收档案」（≥500卷）：请参照上年完成情况提高。",
        "3. 【与职责不相关】「查阅人次」与单位职责没有对应关系。",
        f"请{until}按上述意见逐条修改；不改的，写明理由，经单位负责人审签后重新提交。",
        "",
        "财政局绩效股",
        written_date(item.review.at.astimezone().date()),
    ]


def test_each_line_is_a_paragraph_of_its_own(county: County) -> None:
    remarks = [NewRemark("goals[0]", "写清楚。\n写结果。")]
    item = returned_round(decide(county, county.in_review(), remarks=remarks, reason="偏低。\n请改。"), 1)
    assert item
    letter = opinion(item)
    assert letter.opening[1:] == ("总体意见：偏低。", "请改。")
    assert [section.points for section in letter.sections] == [("1. 写清楚。", "写结果。")]


def test_an_office_is_signed_with_the_only_bureau(county: County) -> None:
    review = decide(county, county.in_review(), reason="偏低。").revisions.get().reviews.get()
    assert full_office(review) == "财政局绩效股"
    assert full_office(Review(by_office="财政局", stage=Stage.PERFORMANCE)) == "财政局"
    assert full_office(Review(by_office="县委办公室", stage=Stage.SUPERVISOR)) == "县委办公室"
    Office.objects.create(name="另一财政局", kind=OfficeKind.BUREAU)
    assert full_office(review) == "绩效股"


def test_a_return_for_a_reason_alone_does_not_repeat_it(county: County) -> None:
    filing = decide(county, county.in_review(), reason="指标值普遍偏低。")
    assert round_text(filing, 1).count("指标值普遍偏低。") == 1


def test_the_reply_gives_the_change_with_both_values_or_the_reason(county: County) -> None:
    filing = returned(county)
    goal = asked(filing)[2]
    answer(filing, {goal.pk: "按三定方案填写。"}, by=county.filler, choices={goal.pk: RemarkState.DECLINED})
    filing.indicators.filter(key="i0").update(target="≥600卷")
    filing.indicators.filter(key="i1").update(name="利用档案人次")
    assert reply_text(filing, 1) == ""
    filing = resubmitted(county, filing)
    lines = reply_text(filing, 1).splitlines()
    assert lines[0] == f"县档案馆关于{filing.cycle.year}年部门整体支出绩效目标表的修改说明"
    assert lines[4:16] == [
        "序号 1",
        "内容：整体绩效目标",
        "审核意见：没有写清要达到什么结果。",
        "修改情况：不改，说明：按三定方案填写。",
        "序号 2",
        "内容：接收档案（≥500卷）",
        "审核意见：请参照上年完成情况提高。",
        "修改情况：已改：原「接收档案（≥500卷）」，现「接收档案（≥600卷）」。",
        "序号 3",
        "内容：查阅人次（≥300人次）",
        "审核意见：「查阅人次」与单位职责没有对应关系。",
        "修改情况：已改：原「查阅人次（≥300人次）」，现「利用档案人次（≥300人次）」。",
    ]
    assert lines[-2] == "县档案馆"


def adjusted_and_returned(county: County) -> Filing:
    """Return an adjustment of two rows after its submission."""
    filing = step(Action.APPROVE_STAGE, county.in_review(), county.performance_reviewer, reason="同意。")
    filing = step(Action.ADJUST, filing, county.filler, reason="预算调整")
    filing.indicators.filter(key="i0").update(target="≥600卷")
    filing.texts.filter(place="goals[0]").update(raw="管好县档案，建成新馆。")
    place = Place.parse("indicators[i0]")
    change = ReasonChange(place, "接收档案", TypedReason(), TypedReason("policy", "省里下文。\n指标提高"))
    save_reasons(filing, [change], by=county.filler)
    filing = resubmitted(county, with_reasons(filing, county.filler))
    return decide(county, filing, remarks=[NewRemark("goals[0]", "写明建设进度。")])


def test_the_reply_lists_the_rows_of_an_adjustment_with_their_reasons(county: County) -> None:
    filing = adjusted_and_returned(county)
    filing = resubmitted(county, answer_remarks(filing, county.filler))
    lines = reply_text(filing, 1).splitlines()
    assert lines[4:13] == [
        "序号 1",
        "内容：整体绩效目标",
        "审核意见：写明建设进度。",
        "修改情况：不改，按规划填写。",
        "与第 1 版定稿相比，调整内容和原因：",
        "1. 修改「整体绩效目标」，原因为预算调整。",
        "2. 修改「接收档案」，原因为政策变化：省里下文。",
        "指标提高。",
        "修改后的绩效目标表（第 3 版）已重新提交，请审核。",
    ]
    written = step(Action.APPROVE_STAGE, filing, county.performance_reviewer, exception_reason="已核实。")
    assert reply_text(written, 1).splitlines() == lines


def test_letters_of_a_round_do_not_change_in_later_rounds(county: County) -> None:
    filing = resubmitted(county, answer_remarks(returned(county), county.filler))
    before = round_text(filing, 1), reply_text(filing, 1)
    settled = {remark.pk: RemarkState.DISPUTED for remark in asked(filing)}
    filing = decide(county, filing, settled=settled)
    answer(filing, {remark.pk: "这次改。" for remark in asked(filing)}, by=county.filler)
    filing.indicators.filter(key="i0").update(target="≥900卷")
    filing = resubmitted(county, filing)
    assert (round_text(filing, 1), reply_text(filing, 1)) == before
    assert "这次改。" in reply_text(filing, 2)
    assert "第 2 版" in round_text(filing, 2)


def test_every_format_holds_all_words_as_text(county: County) -> None:
    remarks = [NewRemark("goals[0]", "<b>写清楚</b> & 「结果」，{{ x }}")]
    filing = decide(county, county.in_review(), remarks=remarks)
    item = returned_round(filing, 1)
    assert item
    letter = opinion(item)
    written = {kind: files.write(letter, kind, made_at=item.review.at) for kind in files.KINDS}
    assert {file.name for file in written.values()} == {f"{letter.title}.{kind}" for kind in files.KINDS}
    assert "1. <b>写清楚</b> & 「结果」，{{ x }}" in written["txt"].content.decode()
    word = "\n".join(paragraph.text for paragraph in Document(BytesIO(written["docx"].content)).paragraphs)
    plain = "\n".join(line for line in plain_text.write(letter).splitlines() if line)
    assert word == plain.replace(letter.title, "\n".join(letter.title_lines), 1)
    pages = PdfReader(BytesIO(written["pdf"].content)).pages
    assert "<b>写清楚</b>&「结果」，{{x}}" in "".join("".join(page.extract_text().split()) for page in pages)
    for kind, file in written.items():
        assert files.write(letter, kind, made_at=item.review.at).content == file.content, kind


def test_a_reply_is_a_table_in_word_and_pdf(county: County) -> None:
    filing = resubmitted(county, answer_remarks(returned(county), county.filler))
    item = returned_round(filing, 1)
    letter = item and reply(item)
    assert item
    assert letter
    assert letter.table
    content = files.write(letter, "docx", made_at=item.review.at).content
    (table,) = Document(BytesIO(content)).tables
    assert [tuple(cell.text for cell in row.cells) for row in table.rows] == [letter.table.columns, *letter.table.rows]
    pdf = files.write(letter, "pdf", made_at=item.review.at).content
    assert "修改情况" in PdfReader(BytesIO(pdf)).pages[0].extract_text()


def test_adjusted_rows_follow_the_table_in_word_and_pdf(county: County) -> None:
    item = returned_round(resubmitted(county, answer_remarks(adjusted_and_returned(county), county.filler)), 1)
    letter = item and reply(item)
    assert item
    assert letter
    body = Document(BytesIO(files.write(letter, "docx", made_at=item.review.at).content)).element.body
    word = ["".join(part.itertext()) for part in body]
    pdf = PdfReader(BytesIO(files.write(letter, "pdf", made_at=item.review.at).content)).pages
    printed = "".join("".join(page.extract_text().split()) for page in pdf)
    for text in ("".join(word), printed):
        assert text.index("写明建设进度。") < text.index("调整内容和原因：") < text.index("已重新提交")


def test_a_letter_with_a_character_that_the_font_lacks_is_not_printed(county: County) -> None:
    filing = decide(county, county.in_review(), remarks=[NewRemark("goals[0]", "写清楚")])
    Remark.objects.update(text="写清楚\U0001f600")  # as an earlier version of the program stored it
    item = returned_round(filing, 1)
    assert item
    with pytest.raises(CannotPrint, match="无法打印"):
        files.write(opinion(item), "pdf", made_at=item.review.at)
