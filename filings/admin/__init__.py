"""Django admin for managers: set up users, departments, cycles, editions and the library; view filings and history.

Filings are read-only here; they change by workflow actions only.
"""

from django.contrib import admin

from filings.admin import calendar, cycles, findings, history, library, organisations, publication, users
from filings.admin.editions import model_admin

__all__ = [
    "calendar",
    "cycles",
    "findings",
    "history",
    "library",
    "model_admin",
    "organisations",
    "publication",
    "users",
]

admin.site.site_header = admin.site.site_title = "绩效目标申报管理"
admin.site.index_title = "设置"
