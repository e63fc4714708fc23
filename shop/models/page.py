"""Pages that are only text, and the window one sees first."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class Page(models.Model):
    """Delivery, returns, imprint and the like. The body is HTML, cleaned when saved."""

    slug = models.SlugField(_("address"), max_length=80, unique=True)
    title = models.CharField(_("title"), max_length=120)
    body = models.TextField(_("text"))
    in_footer = models.BooleanField(_("shown in the footer"), default=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("page", args=[self.slug])


class HomePage(models.Model):
    """One row: the words and the picture of the home page."""

    hero_title = models.CharField(_("heading"), max_length=120)
    hero_text = models.CharField(_("sentence"), max_length=300, blank=True)
    hero_action = models.CharField(_("button"), max_length=60, blank=True)
    hero_image = models.ImageField(_("picture"), upload_to="home/", blank=True)
    story_title = models.CharField(_("story: heading"), max_length=120, blank=True)
    story_text = models.TextField(_("story: text"), blank=True)
    story_image = models.ImageField(_("story: picture"), upload_to="home/", blank=True)
    # [{"title": …, "text": …}] and [{"name": …, "town": …, "text": …, "product": slug}], per language.
    facts = models.JSONField(_("facts"), default=list, blank=True)
    voices = models.JSONField(_("voices of buyers"), default=list, blank=True)

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home page")
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_row_of_home_page")]

    def __str__(self) -> str:
        return self.hero_title

    def save(self, *args, **kwargs) -> None:
        self.pk = 1
        super().save(*args, **kwargs)
