"""Small helps for pages of staff."""

from django import template

register = template.Library()


@register.filter
def named(names: dict, code: str) -> str:
    """The name of a code, or the code itself."""
    return names.get(code, code)
