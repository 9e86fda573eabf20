"""Publications, withheld tables and jobs on copies, read-only."""

from django.contrib import admin

from filings import labels
from filings.admin.read_only import ReadOnly
from filings.models import CopyJob, Publication, Withholding


@admin.register(Publication)
class PublicationAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ("department_name", "year", "copy", "at", "by_name", "ended_at", "end_reason")
    list_filter = ("year",)
    list_select_related = ("copy",)
    search_fields = ("department_code", "department_name", "copy__code")


@admin.register(Withholding)
class WithholdingAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ("department", "cycle", "basis_label", "at", "by_name", "lifted_at")
    list_select_related = ("department", "cycle__edition")
    search_fields = ("department__code", "department__name")


@admin.register(CopyJob)
class CopyJobAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ("cycle", "kind_label", "by", "at", "state", "done", "total")
    list_select_related = ("cycle__edition", "by")

    @admin.display(description="种类")
    def kind_label(self, job: CopyJob) -> str:
        return labels.COPY_JOB[job.kind]
