"""Stored findings, waivers, rule failures and control figures, read-only."""

from django.contrib import admin

from filings import labels
from filings.admin.read_only import ReadOnly
from filings.models import ControlFigure, Finding, RuleFailure, Waiver


@admin.register(Finding)
class FindingAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ("revision", "code", "severity_label", "message", "explanation")
    list_filter = ("severity", "code")
    list_select_related = ("revision__filing__cycle", "revision__filing__department")
    search_fields = ("code", "revision__filing__department__code", "revision__filing__department__name")

    @admin.display(description="程度")
    def severity_label(self, finding: Finding) -> str:
        return labels.SEVERITY[finding.severity]


@admin.register(Waiver)
class WaiverAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ("filing", "code", "message", "reason", "by_name", "by_office", "at")
    list_select_related = ("filing__cycle", "filing__department")
    search_fields = ("code", "filing__department__name", "by_name")


@admin.register(RuleFailure)
class RuleFailureAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ("code", "count", "first_at", "last_at", "filing")
    list_select_related = ("filing__cycle", "filing__department")
    search_fields = ("code",)


@admin.register(ControlFigure)
class ControlFigureAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ("department", "cycle", "raw", "by", "at")
    list_filter = ("cycle",)
    list_select_related = ("cycle__edition", "department", "by")
    search_fields = ("department__code", "department__name")
