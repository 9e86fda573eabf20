"""Filters that format amounts in 万元 for readers. The official table shows amounts as typed."""

from decimal import Decimal

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from filings.document import money

register = template.Library()


@register.filter
def figure(value: Decimal | None) -> str:
    """Format an amount without its unit: 12,500.00; — for none."""
    return "—" if value is None else money.figure(value)


@register.filter
def wan(value: Decimal | None) -> str:
    """Format an amount with its unit: 12,500.00 万元（1.25 亿元）; 未填写 for a blank one."""
    return "未填写" if value is None else money.with_unit(value)


@register.filter
def amount(value: Decimal | None) -> SafeString:
    """Write an amount for a column in 万元, repeated below in 亿元 if it is large."""
    yi = "" if value is None else money.in_yi(value)
    return format_html('<span class="figure">{}</span> <span class="in-yi">{}</span>', figure(value), yi)
