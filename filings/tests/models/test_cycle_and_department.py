"""Models of cycles and departments: stages, extensions, loops of departments, pinyin initials."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError

from filings.choices import Stage
from filings.models import Department
from filings.models.cycles.cycle import check_stages
from filings.tests.county import found_county


@pytest.mark.parametrize(
    "stages", [["section"], ["performance"], ["supervisor", "section"], ["supervisor", "section", "performance"]]
)
def test_stages_in_order_are_accepted(stages: list[str]) -> None:
    check_stages(stages)


@pytest.mark.parametrize(
    "stages",
    [
        [],
        ["supervisor"],
        ["section", "supervisor"],
        ["section", "section"],
        ["attic", "section"],
        "section",
        3,
        [["x"]],
    ],
)
def test_other_stages_are_refused(stages: object) -> None:
    with pytest.raises(ValidationError, match="审核环节"):
        check_stages(stages)


@pytest.mark.django_db
def test_only_departments_with_a_supervisor_are_reviewed_there() -> None:
    county = found_county()
    assert county.cycle.stages_for(county.department) == [Stage.SUPERVISOR, Stage.SECTION, Stage.PERFORMANCE]
    assert county.cycle.stages_for(county.supervising) == [Stage.SECTION, Stage.PERFORMANCE]


@pytest.mark.django_db
def test_an_extension_is_for_one_department() -> None:
    county = found_county()
    later = county.cycle.deadline + timedelta(days=5)
    county.cycle.extensions.create(department=county.department, until=later)
    assert county.cycle.deadline_for(county.department) == later
    assert county.cycle.deadline_for(county.supervising) == county.cycle.deadline


@pytest.mark.django_db
def test_departments_cannot_form_a_loop() -> None:
    top = Department.objects.create(code="1", name="甲")
    middle = Department.objects.create(code="2", name="乙", supervisor=top)
    bottom = Department.objects.create(code="3", name="丙", supervisor=middle)
    bottom.full_clean()
    for above in (middle, bottom):
        top.supervisor = above
        with pytest.raises(ValidationError, match="在本单位之下"):
            top.full_clean()
    top.supervisor = top
    with pytest.raises(ValidationError):
        top.full_clean()


@pytest.mark.django_db
def test_initials_follow_the_name_of_a_department() -> None:
    department = Department.objects.create(code="1", name="县教育局")
    assert department.initials == "xjyj"
    department.name = "长沙路街道办"
    department.save()
    (other,) = Department.objects.bulk_create([Department(code="2", name="档案馆")])
    assert sorted(Department.objects.values_list("initials", flat=True)) == ["csljdb", "dag"]
    assert other.initials == "dag"


@pytest.mark.django_db
def test_stored_departments_get_their_initials() -> None:
    department = Department.objects.create(code="1", name="县教育局")
    Department.objects.update(initials="")
    import_module("filings.migrations.0012_initials").fill(apps, None)
    department.refresh_from_db()
    assert department.initials == "xjyj"
