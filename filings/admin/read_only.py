"""Read-only admin pages."""

from typing import Any

from django.http import HttpRequest


class ReadOnly:
    """Mixin for ModelAdmin and inlines that allows viewing only."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
