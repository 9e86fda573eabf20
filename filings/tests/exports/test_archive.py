"""The archive of sealed copies: its files, and 错误清单.txt about the others."""

from io import BytesIO
from zipfile import ZipFile

from django.core.files.storage import default_storage

from filings.choices import Action, ExportKind
from filings.lifecycle import issuing
from filings.models import Department, Filing, IssuedCopy, Revision, User
from filings.tests.county import County
from filings.tests.exports.cycle_exports import content, exported, files_in

REPORT = "错误清单.txt"


def issued(county: County) -> IssuedCopy:
    """Issue a copy for the department, with invented bytes."""
    filing = county.in_review()
    Filing.objects.update(status="approved", stage="")
    return add_copy(filing, b"%PDF 1")


def add_copy(filing: Filing, content: bytes) -> IssuedCopy:
    revision = Revision.objects.filter(filing=filing).get()
    return IssuedCopy.objects.create(
        filing=filing, revision=revision, sha256=issuing.keep(content), code="A" * 12, issued_at=revision.submitted_at
    )


def report(files: dict[str, bytes]) -> list[str]:
    return files[REPORT].decode("utf-8-sig").split("\r\n")


def test_copies_are_named_by_the_pattern_and_others_are_listed(county: County) -> None:
    issued(county)
    export = exported(county, ExportKind.COPIES, pattern="{编码}/{名称}:{年度}{版本}")
    files = files_in(export)
    assert files[f"101县档案馆{county.cycle.year}第 1 版.pdf"] == b"%PDF 1"
    assert report(files) == [
        "没有列入压缩包的单位（2 个）：",
        "100 县委办公室：尚未批复，或者批复已撤回",
        "200 县教育局：尚未批复，或者批复已撤回",
        "",
    ]
    assert (export.done, export.total, export.failures) == (3, 3, 2)
    assert export.size == len(content(export))


def test_names_are_marked_as_utf_8_and_files_are_only_stored(county: County) -> None:
    issued(county)
    with ZipFile(BytesIO(content(exported(county, ExportKind.COPIES)))) as archive:
        first = archive.infolist()[0]
    assert first.flag_bits & 0x800
    assert first.compress_type == 0


def test_a_damaged_or_missing_file_is_listed(county: County) -> None:
    copy = issued(county)
    name = issuing.file_name(copy.sha256)
    default_storage.delete(name)
    damaged = "101 县档案馆：定稿的文件缺失或被改动过，请管理员从备份恢复"
    files = files_in(exported(county, ExportKind.COPIES))
    assert list(files) == [REPORT]
    assert damaged in report(files)
    with default_storage.open(name, "wb") as file:
        file.write(b"%PDF other")
    assert damaged in report(files_in(exported(county, ExportKind.COPIES)))
    default_storage.delete(name)


def test_a_complete_archive_has_no_list_of_errors(county: County) -> None:
    issued(county)
    Department.objects.exclude(pk=county.department.pk).update(section=None)
    county.cycle.enrolments.exclude(department=county.department).delete()
    assert len(files_in(exported(county, ExportKind.COPIES))) == 1


def test_secret_departments_are_for_managers_and_marked(county: County) -> None:
    issued(county)
    Department.objects.filter(pk=county.department.pk).update(withheld=True)
    files = files_in(exported(county, ExportKind.COPIES))
    assert len(files) == 2
    assert report(files)[-3:] == ["涉密单位的定稿也在压缩包里，不得公开（1 个）：", "101 县档案馆", ""]
    files = files_in(exported(county, ExportKind.COPIES, by=_reviewed(county)))
    assert list(files) == [REPORT]
    assert "101 县档案馆：涉密，只有管理员可以导出" in report(files)


def test_copies_that_the_user_may_not_see_are_left_out(county: County) -> None:
    issued(county)
    files = files_in(exported(county, ExportKind.COPIES, by=county.section_reviewer))
    assert list(files) == [REPORT]
    assert "县教育局" not in "".join(report(files))
    assert len(files_in(exported(county, ExportKind.COPIES, by=_reviewed(county)))) == 2


def test_a_revoked_copy_is_not_exported(county: County) -> None:
    issued(county)
    IssuedCopy.objects.update(live=False)
    assert list(files_in(exported(county, ExportKind.COPIES))) == [REPORT]


def _reviewed(county: County) -> User:
    """Return the section's reviewer after a decision of the section."""
    Revision.objects.get().reviews.create(
        stage="section",
        decision=Action.APPROVE_STAGE,
        by=county.section_reviewer,
        by_name="甲",
        by_role="reviewer",
        by_office="股",
        at=Revision.objects.get().submitted_at,
    )
    return county.section_reviewer
