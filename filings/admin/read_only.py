"""Things that the admin shows and nobody changes there."""

from typing import Any

from django.http import HttpRequest


class ReadOnly:
    """Beside ModelAdmin or an inline: seen by whoever has the permission to view, and no more."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
