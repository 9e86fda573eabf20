"""Missing users of a cycle: to fill in, to sign and to review, and one user for two steps."""

from filings.choices import Role, Stage
from filings.cycles.people import staffing
from filings.models import Department, Membership, User
from filings.tests.county import County, add_membership, create_user, enrol


def gaps(county: County) -> list[tuple[str, bool]]:
    return [(gap.sentence, gap.stops) for gap in staffing.gaps(county.cycle)]


def only_the_archive(county: County) -> None:
    """Keep one department on the list, which has everyone."""
    county.cycle.enrolments.exclude(department=county.department).delete()


def test_a_department_with_everyone_has_no_gap(county: County) -> None:
    only_the_archive(county)
    assert gaps(county) == []


def test_departments_without_filler_or_head_are_named(county: County) -> None:
    only_the_archive(county)
    Membership.objects.filter(user__in=[county.filler, county.head]).delete()
    assert gaps(county) == [
        ("「县档案馆」没有填报人，无法填报。", False),
        ("「县档案馆」没有单位负责人，无法审签。", False),
    ]


def test_inactive_users_do_not_count(county: County) -> None:
    only_the_archive(county)
    User.objects.filter(pk=county.filler.pk).update(is_active=False)
    assert gaps(county) == [("「县档案馆」没有填报人，无法填报。", False)]


def test_one_user_as_filler_and_head_is_named(county: County) -> None:
    only_the_archive(county)
    Membership.objects.filter(user=county.head).delete()
    add_membership(county.filler, Role.HEAD, county.department)
    (gap,) = gaps(county)
    assert gap == ("「县档案馆」的填报人和单位负责人都只有filler甲一人；填报人不能审签，请另定一人。", False)


def test_stages_without_reviewers_stop_the_start(county: County) -> None:
    only_the_archive(county)
    Membership.objects.filter(role=Role.REVIEWER).delete()
    assert gaps(county) == [
        ("主管部门「县委办公室」没有审核人，1 个单位的申报表无法审核。", True),
        ("「行政政法股」没有审核人，1 个单位的申报表无法审核。", True),
        ("绩效股没有审核人，1 个单位的申报表无法审核。", True),
    ]


def test_a_department_without_a_section_stops_the_start(county: County) -> None:
    only_the_archive(county)
    Department.objects.filter(pk=county.department.pk).update(section=None)
    assert gaps(county) == [("有单位没有归口股室，1 个单位的申报表无法审核。", True)]


def test_one_reviewer_for_two_stages_stops_the_start(county: County) -> None:
    only_the_archive(county)
    Membership.objects.filter(user=county.section_reviewer).delete()
    add_membership(county.performance_reviewer, Role.REVIEWER, county.section)
    (gap,) = gaps(county)
    assert gap == (
        "业务股室和绩效股都只有performance_reviewer甲一人可审（1 个单位）；一份表同一人只能审核一个环节，请另定一人。",
        True,
    )
    create_user("second", Role.REVIEWER, county.performance)
    assert gaps(county) == []


def test_reviewers_do_not_count_for_their_own_department(county: County) -> None:
    only_the_archive(county)
    add_membership(county.section_reviewer, Role.OBSERVER, county.department)
    assert gaps(county) == [("「行政政法股」没有审核人，1 个单位的申报表无法审核。", True)]


def test_only_stages_of_the_cycle_are_checked(county: County) -> None:
    only_the_archive(county)
    Membership.objects.filter(role=Role.REVIEWER).exclude(user=county.performance_reviewer).delete()
    county.cycle.stages = [Stage.PERFORMANCE]
    assert gaps(county) == []


def test_the_queries_do_not_depend_on_the_departments(county: County, django_assert_num_queries: object) -> None:
    for count in (3, 60):
        made = Department.objects.bulk_create(
            Department(code=f"{count}-{number}", name=f"单位{number}", section=county.section)
            for number in range(count)
        )
        enrol(county.cycle, *made)
        with django_assert_num_queries(2):  # type: ignore[operator]
            staffing.gaps(county.cycle)
