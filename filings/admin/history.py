"""Filings, revisions, reviews, issued copies and events, read-only."""

import json

from django.contrib import admin

from filings import labels
from filings.actions.table import label_of
from filings.admin.read_only import ReadOnly
from filings.lifecycle import events
from filings.models import Event, Filing, IssuedCopy, Remark, Review, Revision


@admin.register(Filing)
class FilingAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ("department", "cycle", "status_label", "stage_label")
    list_filter = ("cycle", "department__section")
    list_select_related = ("cycle__edition", "department")
    search_fields = ("department__code", "department__name")

    @admin.display(description="状态")
    def status_label(self, filing: Filing) -> str:
        return labels.STATUS[filing.status]

    @admin.display(description="审核环节")
    def stage_label(self, filing: Filing) -> str:
        return labels.STAGE[filing.stage] if filing.stage else ""


@admin.register(Revision)
class RevisionAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ("filing", "number", "receipt", "submitted_by_name", "submitted_at", "sha256")
    list_select_related = ("filing__cycle", "filing__department")
    search_fields = ("filing__department__code", "filing__department__name", "receipt", "sha256")


class RemarkInline(ReadOnly, admin.TabularInline):
    model = Remark


@admin.register(Review)
class ReviewAdmin(ReadOnly, admin.ModelAdmin):
    inlines = (RemarkInline,)
    list_display = ("revision", "stage_label", "decision_label", "by_name", "by_office", "at")
    list_select_related = ("revision__filing__cycle", "revision__filing__department")
    search_fields = ("revision__filing__department__name", "by_name")

    @admin.display(description="审核环节")
    def stage_label(self, review: Review) -> str:
        return labels.STAGE[review.stage]

    @admin.display(description="决定")
    def decision_label(self, review: Review) -> str:
        return label_of(review.decision)


@admin.register(IssuedCopy)
class IssuedCopyAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ("filing", "code", "live", "issued_at", "sha256")
    list_filter = ("live",)
    list_select_related = ("filing__cycle", "filing__department")
    search_fields = ("code", "sha256", "filing__department__name")


@admin.register(Event)
class EventAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ("filing", "number", "action_label", "by_name", "by_office", "at")
    list_select_related = ("filing__cycle", "filing__department")
    search_fields = ("filing__department__name", "by_name")
    exclude = ("detail",)
    readonly_fields = ("shown_detail",)

    @admin.display(description="动作")
    def action_label(self, event: Event) -> str:
        return label_of(event.action)

    @admin.display(description="详情")
    def shown_detail(self, event: Event) -> str:
        """Show the detail without the note to the head, which only the department reads."""
        shown = {key: text for key, text in events.detail(event).items() if key != "note"}
        return json.dumps(shown, ensure_ascii=False, indent=1)
