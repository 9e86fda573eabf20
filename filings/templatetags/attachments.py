"""The number of attachments for links to their page."""

from django import template
from django.template.context import RequestContext

from filings import permissions
from filings.models import Filing

register = template.Library()


@register.simple_tag(takes_context=True)
def attachment_count(context: RequestContext, filing: Filing) -> int:
    """Count the attachments that the logged-in user sees."""
    return permissions.visible_attachments(context["request"].user, filing).count()
