"""The shop's addresses, and `/floor/`: one indexed query and a template with 25 items, without middleware's gifts."""

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

from catalog.models import Product
from config.urls import handler400, handler403, handler404, handler500, urlpatterns  # noqa: F401

TEMPLATE = engines["django"].from_string(
    "<!doctype html><title>Floor</title><ul>{% for row in rows %}<li>{{ row.pk }}: {{ row.name_en }}</li>{% endfor %}</ul>"
)


def floor(request: HttpRequest) -> HttpResponse:
    """What a bare view costs on this server and database."""
    return HttpResponse(TEMPLATE.render({"rows": Product.objects.only("pk", "name_en").order_by("pk")[:25]}))


urlpatterns = [path("floor/", floor), *urlpatterns]
