"""The bureau's calendar: holidays and make-up days that differ from the public calendar."""

from django.contrib import admin

from filings.models import CalendarDay


@admin.register(CalendarDay)
class CalendarDayAdmin(admin.ModelAdmin):
    list_display = ("date", "is_working", "name")
    list_editable = ("is_working", "name")
    list_filter = ("is_working",)
    search_fields = ("date", "name")
    search_help_text = "按年份或日期查找，如 2027 或 2027-02；也可以按说明查找。"
    date_hierarchy = "date"
    fieldsets = (
        (
            None,
            {
                "fields": ("date", "is_working", "name"),
                "description": "以后新算的期限和「还剩几个工作日」按改后的日历；已经写明的办理期限不变，"
                "需要推后的，请在看板办理延期。",
            },
        ),
    )
