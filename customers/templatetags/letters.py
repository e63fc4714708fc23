"""What templates of letters need."""

from django import template

from customers.letters import absolute as absolute_address

register = template.Library()


@register.filter
def absolute(path: str) -> str:
    """`{{ picture.url|absolute }}`: mail programs know no page that an address could be relative to."""
    return absolute_address(str(path))
