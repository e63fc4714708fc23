"""Collections: goods put together across the tree, by hand or by a rule."""

from datetime import datetime

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from catalog.models.product import Product


class CollectionQuerySet(models.QuerySet):
    def shown(self, now: datetime) -> "CollectionQuerySet":
        """What visitors may see at that moment."""
        begun = models.Q(starts_at=None) | models.Q(starts_at__lte=now)
        lasting = models.Q(ends_at=None) | models.Q(ends_at__gt=now)
        return self.filter(begun, lasting, is_public=True)


class Collection(models.Model):
    """A theme, a season, a price limit. Its goods stand in CollectionMember and are read from there only."""

    class Sort(models.TextChoices):
        RECOMMENDED = "recommended", _("most wanted first")
        NEWEST = "newest", _("newest first")
        PRICE_UP = "price-up", _("cheapest first")
        PRICE_DOWN = "price-down", _("dearest first")

    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(_("address"), max_length=140, unique=True)
    description = models.TextField(_("description"), blank=True)
    image = models.ImageField(_("picture"), upload_to="collections/", blank=True)
    search_title = models.CharField(_("title for search engines"), max_length=120, blank=True)
    search_description = models.CharField(_("description for search engines"), max_length=320, blank=True)
    is_public = models.BooleanField(_("shown in the shop"), default=True)
    is_featured = models.BooleanField(_("on the home page"), default=False)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    starts_at = models.DateTimeField(_("shown from"), null=True, blank=True)
    ends_at = models.DateTimeField(_("shown until"), null=True, blank=True)
    sort = models.CharField(
        pgettext_lazy("goods of a list", "order"),
        max_length=12,
        choices=Sort.choices,
        default=Sort.RECOMMENDED,
        help_text=_("Goods that are picked by hand stand first, in the order you give them."),
    )
    # What `catalog.rules.tree` writes; null where goods are picked by hand only.
    rule = models.JSONField(null=True, blank=True, editable=False)
    # "Among the 20 most wanted" as the rank of the twentieth: {"20": [popularity, product id]}.
    borders = models.JSONField(default=dict, editable=False)
    # Until when rules about age were followed.
    judged_at = models.DateTimeField(null=True, editable=False)
    # How far a rebuild in the background is; both are 0 when none is under way.
    to_do = models.PositiveIntegerField(default=0, editable=False)
    done = models.PositiveIntegerField(default=0, editable=False)

    objects = CollectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("collection")
        verbose_name_plural = _("collections")
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(starts_at=None)
                | models.Q(ends_at=None)
                | models.Q(ends_at__gt=models.F("starts_at")),
                name="collection_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("collection", args=[self.slug])

    def is_shown(self, now: datetime | None = None) -> bool:
        """Whether visitors may see it at that moment."""
        now = now or timezone.now()
        begun = self.starts_at is None or self.starts_at <= now
        return self.is_public and begun and (self.ends_at is None or self.ends_at > now)


class CollectionMember(models.Model):
    """A product belongs to a collection, or is kept out of it. Written only by `catalog.actions.collections`."""

    class Kind(models.TextChoices):
        RULE = "rule", _("by rule")
        HAND = "hand", _("by hand")
        OUT = "out", _("left out")

    collection = models.ForeignKey(Collection, models.CASCADE, related_name="members", verbose_name=_("collection"))
    product = models.ForeignKey(Product, models.CASCADE, related_name="memberships", verbose_name=_("product"))
    kind = models.CharField(_("why"), max_length=4, choices=Kind.choices)
    position = models.PositiveIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("product of a collection")
        verbose_name_plural = _("products of collections")
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["collection", "product"], name="product_is_in_a_collection_once"),
            models.CheckConstraint(
                condition=models.Q(kind__in=["rule", "hand", "out"]), name="collection_member_kind_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.collection_id}: {self.product_id}"
