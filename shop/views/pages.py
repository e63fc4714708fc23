"""Pages that are only text: help, contact, and what the law asks for."""

from django.shortcuts import get_object_or_404, render

from customers.models import ShopDetails
from shop.models import Page


def page(request, slug):
    return render(request, "pages/page.html", {"page": get_object_or_404(Page, slug=slug)})


def help_index(request):
    """Every page of the shop in one list, with a way to a person."""
    return render(request, "pages/help.html", {"pages": Page.objects.exclude(slug="contact")})


def contact(request):
    return render(request, "pages/contact.html", {"details": ShopDetails.current()})
