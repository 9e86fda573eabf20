"""Template tag that preloads JavaScript modules."""

from functools import lru_cache

from django import template
from django.templatetags.static import static
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from perf_targets.static_files import module_imports

register = template.Library()


@register.simple_tag
def modulepreload(name: str) -> SafeString:
    """Render links that preload all imports of a module: without them, the browser discovers one level at a time."""
    links = ((static(imported),) for imported in _imports(name))
    return format_html_join("\n", '<link rel="modulepreload" href="{}">', links)


@lru_cache
def _imports(name: str) -> list[str]:
    """Return the imports of a module, read once per process."""
    return module_imports(name)
