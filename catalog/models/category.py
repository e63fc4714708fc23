"""The order of the shop: a tree of categories, and the workshops that made the goods."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from treebeard.mp_tree import MP_Node


class Category(MP_Node):
    """A node of the category tree. Create one only through `Category.objects.add_root` or `add_child`."""

    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(_("address"), max_length=140, unique=True)
    description = models.TextField(_("description"), blank=True)
    image = models.ImageField(_("picture"), upload_to="categories/", blank=True)
    search_title = models.CharField(
        _("title for search engines"), max_length=120, blank=True, help_text=_("Empty: the name.")
    )
    search_description = models.CharField(
        _("description for search engines"), max_length=320, blank=True, help_text=_("Empty: the description.")
    )
    is_public = models.BooleanField(_("shown in the shop"), default=True)

    class Meta:
        verbose_name = _("category")
        verbose_name_plural = _("categories")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("category", args=[self.slug])


class Brand(models.Model):
    """The workshop or house that made a product."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    slug = models.SlugField(_("address"), max_length=140, unique=True)
    story = models.TextField(_("story"), blank=True)

    class Meta:
        verbose_name = _("brand")
        verbose_name_plural = _("brands")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("brand", args=[self.slug])
