"""公开, 撤下, 不予公开, 取消不予公开: what is stored, what the public may see, who may, and what is refused."""

import pytest
from django.utils import timezone

from filings.choices import Action, MessageKind, PublicationEnd, Role, Stage
from filings.errors import AlreadyDone, NotAllowed, StepRefused
from filings.lifecycle import events
from filings.models import Department, Event, Filing, Message, Publication, User, Withholding
from filings.publication.public import live
from filings.publication.publish import CONFIRMATIONS, publish, search_words, unpublish
from filings.publication.withhold import disclose, withhold
from filings.tests.county import County, add_membership, found_county, step
from filings.tests.publication.published import adjusted, approved, passed, published
from filings.tests.worker import work

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def county() -> County:
    return found_county((Stage.PERFORMANCE,))


def the_public_sees() -> list[int]:
    return list(live().values_list("copy", flat=True))


def last_event() -> Event:
    event = Event.objects.latest("number")
    assert events.first_broken(event.filing) is None
    return event


def test_a_published_copy_is_public(county: County) -> None:
    publication = published(county)
    copy = publication.filing.live_copy()
    assert copy
    assert the_public_sees() == [copy.pk]
    assert (publication.year, publication.department_code, publication.department_name, publication.initials) == (
        county.cycle.year,
        "101",
        "县档案馆",
        "xdag xiandanganguan",
    )
    assert publication.title == f"{county.cycle.year}年部门整体支出绩效目标表"
    assert publication.words == "县档案馆\n保障单位运转，管好县档案。\n接收档案\n查阅人次\n≥500卷\n≥300人次\njsda\ncyrc"
    event = last_event()
    assert (event.action, event.by_office, events.detail(event)["statements"]) == (
        Action.PUBLISH,
        "财政局",
        "\n".join(CONFIRMATIONS),
    )
    assert events.detail(event)["code"] == copy.code


def test_a_second_click_publishes_nothing_more(county: County) -> None:
    publication = published(county)
    with pytest.raises(AlreadyDone):
        publish(publication.filing_id, by=county.manager, now=NOW)
    assert (Publication.objects.count(), Event.objects.filter(action=Action.PUBLISH).count()) == (1, 1)


def test_a_table_without_a_copy_in_force_is_not_published(county: County) -> None:
    filing = county.in_review()
    with pytest.raises(StepRefused, match="「县档案馆」没有现行的定稿"):
        publish(filing.pk, by=county.manager, now=NOW)
    assert the_public_sees() == []


@pytest.mark.parametrize("name", ["filler", "head", "observer", "supervisor_reviewer", "section_reviewer", "stranger"])
def test_only_managers_and_the_performance_office_publish(county: County, name: str) -> None:
    filing = approved(county)
    user: User = getattr(county, name)
    with pytest.raises(NotAllowed, match=r"由绩效股的审核人和管理员办理|不能办理本单位"):
        publish(filing.pk, by=user, now=NOW)
    publish(filing.pk, by=county.performance_reviewer, now=NOW)


def test_members_of_the_department_do_not_publish_its_table(county: County) -> None:
    filing = approved(county)
    add_membership(county.manager, Role.OBSERVER, county.department)
    with pytest.raises(NotAllowed, match="您在「县档案馆」任职"):
        publish(filing.pk, by=User.objects.get(pk=county.manager.pk), now=NOW)


def test_a_closed_cycle_can_still_be_published_and_withdrawn(county: County) -> None:
    filing = approved(county)
    county.cycle.closed_at, county.cycle.closed_by_name = NOW, "manager甲"
    county.cycle.save()
    publish(filing.pk, by=county.manager, now=NOW)
    unpublish(filing.pk, "单位名称有误", by=county.manager, now=NOW)
    assert the_public_sees() == []


def test_a_withdrawn_copy_is_not_public_and_can_be_published_again(county: County) -> None:
    publication = published(county)
    unpublish(publication.filing_id, "金额的单位有误。", by=county.performance_reviewer, now=NOW)
    publication.refresh_from_db()
    assert (publication.end, publication.end_reason, publication.ended_by_name) == (
        PublicationEnd.WITHDRAWN,
        "金额的单位有误。",
        "performance_reviewer甲",
    )
    assert the_public_sees() == []
    assert events.detail(last_event())["reason"] == "金额的单位有误。"
    with pytest.raises(AlreadyDone):
        unpublish(publication.filing_id, "再次", by=county.manager, now=NOW)
    publish(publication.filing_id, by=county.manager, now=NOW)
    assert len(the_public_sees()) == 1


def test_withdrawing_needs_a_reason_and_a_public_copy(county: County) -> None:
    filing = approved(county)
    with pytest.raises(StepRefused, match="没有正在公开的定稿"):
        unpublish(filing.pk, "有误", by=county.manager, now=NOW)
    publish(filing.pk, by=county.manager, now=NOW)
    with pytest.raises(StepRefused, match="请写明撤下的理由"):
        unpublish(filing.pk, " \n", by=county.manager, now=NOW)
    with pytest.raises(StepRefused, match="撤下理由共 501 字"):
        unpublish(filing.pk, "错" * 501, by=county.manager, now=NOW)
    assert len(the_public_sees()) == 1


def test_a_newer_copy_replaces_the_published_one_when_it_is_published(county: County) -> None:
    first = published(county)
    filing = adjusted(county)
    assert the_public_sees() == [first.copy_id]
    second = publish(filing.pk, by=county.manager, now=NOW)
    first.refresh_from_db()
    assert (first.end, the_public_sees()) == (PublicationEnd.REPLACED, [second.copy_id])
    assert "服务查阅" in second.words


def test_revoking_the_approval_ends_the_publication_at_once(county: County) -> None:
    publication = published(county)
    step(Action.REVOKE, publication.filing, county.manager, reason="预算有误")
    publication.refresh_from_db()
    assert (publication.end, publication.end_reason, publication.ended_by) == (
        PublicationEnd.REVOKED,
        "预算有误",
        county.manager,
    )
    assert the_public_sees() == []


def test_a_secret_department_is_hidden_at_once_and_not_published(county: County) -> None:
    publication = published(county)
    Department.objects.filter(pk=county.department.pk).update(withheld=True)
    assert the_public_sees() == []
    unpublish(publication.filing_id, "涉密", by=county.manager, now=NOW)
    with pytest.raises(StepRefused, match="是涉密单位，不公开"):
        publish(publication.filing_id, by=county.manager, now=NOW)


def test_a_withheld_table_is_taken_from_the_public(county: County) -> None:
    publication = published(county)
    withholding = withhold(publication.filing_id, "work_secret", "含布防内容", by=county.manager, now=NOW)
    publication.refresh_from_db()
    assert (withholding.basis_label, publication.end, publication.end_reason) == (
        "涉及工作秘密",
        PublicationEnd.WITHDRAWN,
        "不予公开：涉及工作秘密：含布防内容",
    )
    assert the_public_sees() == []
    assert events.detail(last_event()) == {"basis": "work_secret", "reason": "涉及工作秘密：含布防内容"}
    with pytest.raises(StepRefused, match="已定为不予公开（涉及工作秘密）"):
        publish(publication.filing_id, by=county.manager, now=NOW)
    with pytest.raises(AlreadyDone):
        withhold(publication.filing_id, "work_secret", "", by=county.manager, now=NOW)
    with pytest.raises(StepRefused, match="请先取消"):
        withhold(publication.filing_id, "secret", "", by=county.manager, now=NOW)


def test_a_withholding_of_another_cycle_or_department_hides_nothing(county: County) -> None:
    publication = published(county)
    common = {"basis": "secret", "basis_label": "涉及国家秘密", "at": NOW, "by": county.manager}
    Withholding.objects.create(cycle=county.cycle, department=county.supervising, **common)
    assert the_public_sees() == [publication.copy_id]
    own = Withholding.objects.create(cycle=county.cycle, department=county.department, **common)
    assert the_public_sees() == []
    Withholding.objects.filter(pk=own.pk).update(lifted_at=NOW, lifted_by=county.manager, lift_reason="解密")
    assert the_public_sees() == [publication.copy_id]


def test_a_withholding_is_lifted_with_a_reason_once(county: County) -> None:
    filing = approved(county)
    with pytest.raises(StepRefused, match="没有定为不予公开"):
        disclose(filing.pk, "解密", by=county.manager, now=NOW)
    withhold(filing.pk, "secret", "", by=county.manager, now=NOW)
    with pytest.raises(StepRefused, match="请写明取消不予公开的理由"):
        disclose(filing.pk, "", by=county.manager, now=NOW)
    disclose(filing.pk, "已解密", by=county.manager, now=NOW)
    assert last_event().action == Action.DISCLOSE
    with pytest.raises(AlreadyDone):
        disclose(filing.pk, "已解密", by=county.manager, now=NOW)
    publish(filing.pk, by=county.manager, now=NOW)


@pytest.mark.parametrize(("basis", "sentence"), [("", "请选择"), ("unknown", "请选择"), ("other", "具体情形")])
def test_withholding_needs_a_basis_of_the_list(county: County, basis: str, sentence: str) -> None:
    filing = approved(county)
    with pytest.raises(StepRefused, match=sentence):
        withhold(filing.pk, basis, "", by=county.manager, now=NOW)
    assert not Withholding.objects.exists()


def test_an_own_basis_for_other_cases_needs_a_note(county: County) -> None:
    county.cycle.policy["publication"]["bases"] = [{"key": "b1", "label": "其他不宜公开的情形"}]
    county.cycle.save()
    filing = approved(county)
    with pytest.raises(StepRefused, match="请写明不予公开的具体情形"):
        withhold(filing.pk, "b1", "", by=county.manager, now=NOW)
    assert withhold(filing.pk, "b1", "单位撤并。", by=county.manager, now=NOW).note == "单位撤并。"


def test_withholding_notifies_the_department(county: County) -> None:
    publication = published(county)
    work()
    Message.objects.all().delete()
    withhold(publication.filing_id, "work_secret", "", by=county.manager, now=NOW)
    work()
    table = f"「县档案馆」{county.cycle.year}年部门整体支出绩效目标表"
    text = f"{table}已由财政局manager甲定为不予公开：涉及工作秘密。公众不能查看。"
    found = set(Message.objects.values_list("user__username", "kind", "text"))
    assert found == {(user, MessageKind.UNPUBLISHED, text) for user in ("filler", "head")}


def test_the_searched_text_is_limited(county: County) -> None:
    document = approved(county).issued_copies.get().revision.document()
    long = document.__class__(**{**document.__dict__, "goals": ("目标" * 3000,)})
    assert len(search_words(long)) == 2000


def test_what_the_checks_find_stops_the_publication(county: County) -> None:
    filing = county.filled()
    goal = "保障单位运转，联系王敏 13807341234。"
    filing.texts.filter(place="goals[0]").update(raw=goal)
    filing = passed(step(Action.SIGN, step(Action.SUBMIT, filing, county.filler), county.head), county)
    with pytest.raises(StepRefused, match=r"「县档案馆」不能公开：.*手机号码 138\*\*\*\*1234"):
        publish(filing.pk, by=county.manager, now=NOW, note="已核对")
    assert the_public_sees() == []
    assert Filing.objects.get().publications.count() == 0
