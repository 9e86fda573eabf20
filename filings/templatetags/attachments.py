"""The attachments that the logged-in user sees: their number for links to their page, and their list."""

from django import template
from django.template.context import RequestContext

from filings import labels, permissions
from filings.models import Attachment, Filing

register = template.Library()


@register.simple_tag(takes_context=True)
def attachment_count(context: RequestContext, filing: Filing) -> int:
    return permissions.visible_attachments(context["request"].user, filing).count()


@register.simple_tag(takes_context=True)
def attachment_list(context: RequestContext, filing: Filing) -> list[tuple[Attachment, str]]:
    """List each attachment with the label of its kind."""
    visible = permissions.visible_attachments(context["request"].user, filing)
    return [(attachment, labels.ATTACHMENT[attachment.kind]) for attachment in visible]
