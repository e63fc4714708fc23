"""Pages that are only text: help, contact, and what the law asks for."""

from django.shortcuts import get_object_or_404, render

from customers.models import ShopDetails
from marketing.models import Event
from shop.models import Page
from shop.visits import note


def page(request, slug):
    response = render(request, "pages/page.html", {"page": get_object_or_404(Page, slug=slug)})
    note(request, response, Event.Type.READ, text=slug)
    return response


def help_index(request):
    """Every page of the shop in one list, with a way to a person."""
    response = render(request, "pages/help.html", {"pages": Page.objects.exclude(slug="contact")})
    note(request, response, Event.Type.READ, text="help")
    return response


def contact(request):
    return render(request, "pages/contact.html", {"details": ShopDetails.current()})
