"""Groups of copied content: what counts, what does not, and who is listed."""

from collections.abc import Sequence
from dataclasses import replace
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from filings.document.content import DutyRow, FilingDocument, IndicatorRow
from filings.similarity.groups import CopyGroup, find_copies, shingles
from filings.similarity.texts import CopiedKind, plain_text, texts_of
from filings.tests.founding import founding_document
from filings.tests.similarity.counties import copied, county_of, department_table

GOAL = "按时完成全县档案资源普查，建成数字档案馆一期，接收到期档案五百卷以上，方便群众就近查档用档。"


def groups(documents: Sequence[FilingDocument]) -> tuple[CopyGroup, ...]:
    return find_copies([texts_of(number, document) for number, document in enumerate(documents)])


def seen(documents: Sequence[FilingDocument]) -> set[tuple[str, tuple[int, ...]]]:
    """Each group as (kind, keys of its filings)."""
    return {(group.kind.value, tuple(sorted(member.key for member in group.members))) for group in groups(documents)}


def with_goal(goal: str, number: int) -> FilingDocument:
    return replace(founding_document(), goals=(goal,), duties=(), indicators=(), fields={"department": f"第{number}局"})


def test_a_text_is_compared_without_numeral_names_figures_and_signs() -> None:
    assert plain_text("（二）第3局２０２２年 培训“干部”≥28人次；", ["第3局"]) == "年培训干部人次"


def test_copies_with_other_names_and_figures_are_found_in_all_parts() -> None:
    seed = Random(1)
    original = department_table("县档案馆", seed)
    documents = [department_table("县水利局", seed), original, copied(original, "县教育局")]
    assert seen(documents) == {(kind.value, (1, 2)) for kind in CopiedKind}
    assert [[member.percent for member in group.members] for group in groups(documents)] == [[100, 100]] * 3


def test_different_departments_are_no_group() -> None:
    assert groups(county_of(30, groups=0, copies=1, seed=Random(2))) == ()


def test_a_copied_part_of_a_longer_text_is_found_with_its_share() -> None:
    own = "另行组织乡镇业务骨干开展培训，编写地方志书稿。"
    (group,) = groups(
        [with_goal(GOAL + "改善库房条件，购置密集架和除湿设备，完成消防验收工作。", 1), with_goal(GOAL + own, 2)]
    )
    first, second = group.members
    assert (first.key, first.percent, second.key) == (0, 100, 1)
    assert 60 <= second.percent < 80
    assert second.excerpt == GOAL
    assert str(second.place) == "goals[0]"


def test_a_text_too_short_or_too_different_is_no_copy() -> None:
    assert (
        groups([with_goal("保障单位正常运转，做好本职工作。", 1), with_goal("保障单位正常运转，做好本职工作。", 2)])
        == ()
    )
    assert groups([with_goal(GOAL, 1), with_goal(GOAL[:16] + "，其余内容与这一份申报表完全没有一样的地方。", 2)]) == ()


def test_standard_words_of_the_form_do_not_count() -> None:
    standard = "坚持以习近平新时代中国特色社会主义思想为指导，全面贯彻落实党的路线方针政策和县委县政府决策部署。"
    documents = county_of(50, groups=0, copies=1, seed=Random(3))
    documents = [replace(item, goals=(f"{standard}{item.goals[0]}",)) for item in documents]
    assert groups(documents) == ()


def test_the_row_with_the_copied_content_is_named() -> None:
    rows = tuple(
        IndicatorRow(f"k{number}", "OUT.QTY", "产出指标", "数量指标", name, "≥5次")
        for number, name in enumerate(
            [
                "开展全县森林防火宣传教育和应急演练",
                "组织乡村医生参加中医适宜技术培训",
                "完成城区雨污分流管网改造验收项目",
            ]
        )
    )
    own = IndicatorRow("own", "OUT.QTY", "产出指标", "数量指标", "编纂年鉴", "1部")
    documents = [
        replace(founding_document(), goals=(), duties=(), indicators=(own, *rows)),
        replace(founding_document(), goals=(), duties=(), indicators=rows[1:]),
    ]
    (group,) = groups(documents)
    assert [(str(member.place), member.excerpt) for member in group.members] == [
        ("indicators[k1]", "组织乡村医生参加中医适宜技术培训 ≥5次")
    ] * 2


def test_many_copies_of_one_text_are_one_group() -> None:
    documents = county_of(120, groups=1, copies=60, seed=Random(4))
    assert seen(documents) == {(kind.value, tuple(range(60))) for kind in CopiedKind}


def test_duties_in_another_order_are_a_copy() -> None:
    original = replace(department_table("县档案馆", Random(5)), goals=(), indicators=())
    other = replace(original, duties=tuple(DutyRow(row.key, row.text) for row in reversed(original.duties)))
    assert [group.percent for group in groups([original, other])] == [100]


@given(st.randoms(use_true_random=False), st.integers(1, 3), st.integers(2, 3))
def test_each_filing_is_once_in_a_kind_whatever_the_order(seed: Random, number: int, copies: int) -> None:
    documents = county_of(10, groups=number, copies=copies, seed=Random(seed.random()))
    texts = [texts_of(key, document) for key, document in enumerate(documents)]
    found = find_copies(texts)
    for kind in CopiedKind:
        keys = [member.key for group in found if group.kind is kind for member in group.members]
        assert sorted(keys) == list(range(number * copies))
    seed.shuffle(texts)
    assert find_copies(texts) == found


def test_shingles() -> None:
    assert shingles("甲乙丙丁", 3) == {"甲乙丙", "乙丙丁"}
    assert shingles("甲乙", 3) == set()
