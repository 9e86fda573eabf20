"""Checks before publishing: what refuses, what needs a note, what is a notice, each with its place."""

from dataclasses import replace

import pytest
from django.utils import timezone

from filings.document import canonical_json
from filings.document.bundled_editions import editions
from filings.document.content import FilingDocument, IndicatorRow, compose
from filings.document.edition import Edition
from filings.document.public_document import personal_fields, public_document
from filings.models import IssuedCopy, Revision, WrongWord
from filings.publication.checks import CopyCheck, Effect, Inspection
from filings.publication.wrong_words import WordIndex

FOUNDING, STANDARD = editions()["hunan-county-2022"], editions()["standard-2024"]
WORDS = (WrongWord(word="按装", instead="安装"), WrongWord(word="内部资料", note="不得外传"))


def table(
    goal: str = "管好县档案。",
    *,
    target: str = "≥500卷",
    edition: Edition = FOUNDING,
    fields: dict[str, str] | None = None,
) -> FilingDocument:
    return compose(
        edition,
        year=2026,
        fields={"department": "县档案馆", **(fields or {})},
        amounts={},
        duties=[("d1", "（一）负责全县档案的收集和保管。")],
        goals=[goal],
        indicators=[IndicatorRow("i1", "OUT.QTY", "", "", "接收档案", target)],
    )


def checks(
    document: FilingDocument,
    *,
    edition: Edition = FOUNDING,
    signs: bool = False,
    reasons: tuple[str, ...] = (),
    **copy: str,
) -> list[CopyCheck]:
    revision = Revision(number=1, content=canonical_json.dumps(document), submitted_at=timezone.now())
    values = {"seal_sha256": "a", **copy}
    inspection = Inspection(edition, WordIndex(WORDS), signs, {7: reasons})
    return list(inspection.check(IssuedCopy(filing_id=7, revision=revision, **values)))


def test_a_plain_table_has_no_results() -> None:
    assert checks(table()) == []


def test_the_words_of_adjustment_reasons_are_checked() -> None:
    (refused, note) = checks(table(), reasons=("经办人13807341234。", "按装设备。", "追加预算。"))
    assert refused == CopyCheck(
        Effect.REFUSES,
        "调整原因的说明中疑似含有手机号码 138****1234，公开的表格不得含有个人信息。请撤回批复，由单位更正。",
    )
    assert note == CopyCheck(Effect.NEEDS_NOTE, "调整原因的说明中有「按装」，应改为「安装」。")


@pytest.mark.parametrize(
    ("goal", "effect", "sentence"),
    [
        (
            "保障运转，联系电话13807341234。",
            Effect.REFUSES,
            "整体绩效目标中疑似含有手机号码 138****1234，公开的表格不得含有个人信息。请撤回批复，由单位更正。",
        ),
        (
            "受益人身份证11010519491231002X。",
            Effect.REFUSES,
            "整体绩效目标中疑似含有身份证号码 110*************2X，公开的表格不得含有个人信息。请撤回批复，由单位更正。",
        ),
        (
            "服务热线0734-5222222。",
            Effect.NEEDS_NOTE,
            "整体绩效目标中疑似含有电话号码 0734*****22，公开的表格不得含有个人信息。"
            "确是对外公布的办公电话的，写明后可以公开。",
        ),
        ("数量待定。", Effect.NEEDS_NOTE, "整体绩效目标中有「待定」，可能不是定稿的文字。"),
        ("建设XX项目。", Effect.NEEDS_NOTE, "整体绩效目标中有「XX」，可能不是定稿的文字。"),
        ("完成设备按装。", Effect.NEEDS_NOTE, "整体绩效目标中有「按装」，应改为「安装」。"),
        ("整理内部资料。", Effect.NEEDS_NOTE, "整体绩效目标中有「内部资料」，不宜公开（不得外传）。"),
    ],
)
def test_texts_that_are_not_for_the_public(goal: str, effect: Effect, sentence: str) -> None:
    (check,) = checks(table(goal))
    assert (check.effect, check.sentence.replace("部门整体绩效目标", "整体绩效目标")) == (effect, sentence)


def test_every_wrong_word_is_found_in_the_order_of_the_list() -> None:
    listed = [WrongWord(word=word) for word in ("档", "按装工程", "按装", "工程按", "大按装", "装", "没有", "a.c")]
    assert [wrong.word for wrong in WordIndex(listed).found_in("完成按装工程按装，abc。")] == [
        "按装工程",
        "按装",
        "工程按",
        "装",
    ]
    assert WordIndex([]).found_in("按装") == []


def test_a_placeholder_is_found_once() -> None:
    (check,) = checks(table(target="XX"))
    assert (check.effect, "「接收档案」的指标值「XX」尚未填定" in check.sentence) == (Effect.NEEDS_NOTE, True)


def test_a_missing_seal_and_signature_are_notices() -> None:
    assert [check.effect for check in checks(table(), signs=True, seal_sha256="")] == [Effect.NOTICE, Effect.NOTICE]
    assert [check.sentence[:8] for check in checks(table(), signs=True)] == ["定稿没有电子签名"]
    assert checks(table(), signs=True, signed_by="演示县财政局") == []


def test_names_and_telephones_at_the_foot_are_blank_for_the_public() -> None:
    officers = {"filler": "王敏", "telephone": "13807341234", "head": "李强"}
    document = table(edition=STANDARD, fields=officers)
    public = public_document(document, STANDARD)
    assert public == replace(document, fields={**document.fields, **dict.fromkeys(officers, "")})
    assert personal_fields(document, STANDARD) == ("填报人", "联系电话", "单位负责人")
    assert personal_fields(public, STANDARD) == ()
    (check,) = checks(document, edition=STANDARD)
    assert (check.effect, "印有填报人、联系电话、单位负责人，不提供给公众" in check.sentence) == (Effect.NOTICE, True)


def test_fields_of_a_managers_edition_are_recognised_by_their_labels() -> None:
    own = replace(STANDARD, footer=(replace(STANDARD.footer[0], key="f1", label="经办人："),))
    document = table(edition=own, fields={"f1": "王敏"})
    assert public_document(document, own).fields["f1"] == ""
    assert personal_fields(document, own) == ("经办人",)
