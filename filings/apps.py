"""Application configuration."""

from django.apps import AppConfig


class FilingsConfig(AppConfig):
    name = "filings"
    verbose_name = "绩效目标申报"
