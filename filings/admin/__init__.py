"""Django's admin, for setting the program up. What happens to a filing happens in workflow.py; here it is only seen."""

from django.contrib import admin

from filings.admin import cycles, editions, findings, history, library, people, places

__all__ = ["cycles", "editions", "findings", "history", "library", "people", "places"]

admin.site.site_header = admin.site.site_title = "绩效目标申报管理"
admin.site.index_title = "设置"
