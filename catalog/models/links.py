"""What ties goods together beside their category: tags, links from one to another, and addresses they once had."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.models.attribute import Word


class Tag(Word):
    """A loose word for goods of several categories: gift, slow kitchen. Shoppers filter by it."""

    name = models.CharField(_("name"), max_length=60)

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["code"], name="tag_code_is_unique")]

    def __str__(self) -> str:
        return self.name


class ProductLink(models.Model):
    """From one product to another, said by the merchant: what resembles it, what goes with it, what is a step up."""

    class Kind(models.TextChoices):
        COMPLEMENTARY = "complementary", _("goes with it")
        RELATED = "related", _("resembles it")
        UPGRADE = "upgrade", _("a step up")

    product = models.ForeignKey("catalog.Product", models.CASCADE, related_name="links", verbose_name=_("product"))
    target = models.ForeignKey("catalog.Product", models.CASCADE, related_name="links_to", verbose_name=_("leads to"))
    kind = models.CharField(_("kind"), max_length=14, choices=Kind.choices, default=Kind.COMPLEMENTARY)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("link")
        verbose_name_plural = _("links to other goods")
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["product", "target", "kind"], name="product_link_is_unique"),
            models.CheckConstraint(
                condition=~models.Q(product=models.F("target")), name="product_link_leads_elsewhere"
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=["complementary", "related", "upgrade"]), name="product_link_kind_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.target}"


class OldAddress(models.Model):
    """An address that a thing once had and that still leads to it. `kind` is the name of its address: product, brand.

    It names the thing and not its next address, so that however often that changes, one step leads there. Written
    only by `catalog.actions.addresses`.
    """

    kind = models.CharField(max_length=20)
    slug = models.CharField(max_length=255)
    target_id = models.BigIntegerField()
    left_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "slug"], name="old_address_is_unique")]
        indexes = [models.Index(fields=["kind", "target_id"], name="old_address_of")]

    def __str__(self) -> str:
        return f"{self.kind}: {self.slug}"
