"""The product: what is described. What is bought is its variant."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from catalog.listings.cards import average
from catalog.models.attribute import AttributeValue, Option
from catalog.models.category import Brand, Category
from catalog.models.links import Tag
from catalog.models.product_type import ProductType
from catalog.models.tax_class import STANDARD, TaxClass


class ProductQuerySet(models.QuerySet):
    def published(self) -> "ProductQuerySet":
        """What visitors may see."""
        return self.filter(status=Product.Status.PUBLISHED)


class Product(models.Model):
    """Something the shop describes and shows, sold in one or more variants."""

    class Kind(models.TextChoices):
        PHYSICAL = "physical", _("physical goods")
        DIGITAL = "digital", _("digital goods")
        SERVICE = "service", _("service")
        BUNDLE = "bundle", _("bundle")
        GIFT_CARD = "gift_card", _("gift card")

    #: What goes into a parcel.
    SENT_KINDS = (Kind.PHYSICAL, Kind.BUNDLE)

    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        SCHEDULED = "scheduled", _("scheduled")
        PUBLISHED = "published", _("published")
        ARCHIVED = "archived", _("archived")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.PHYSICAL)
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.DRAFT)
    name = models.CharField(_("name"), max_length=255)
    slug = models.SlugField(_("address"), max_length=255, unique=True)
    summary = models.CharField(_("summary"), max_length=300, blank=True)
    description = models.TextField(_("description"), blank=True)
    type = models.ForeignKey(
        ProductType,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="products",
        verbose_name=_("type"),
        help_text=_("Says which facts belong to it. Save, and their fields appear."),
    )
    lead_days = models.PositiveSmallIntegerField(
        _("made to order in"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(365)],
        help_text=_("Working days until a piece is ready to leave; none are counted then. Empty: sold from stock."),
    )
    # Of each variant in one order, over all its lines.
    min_quantity = models.PositiveSmallIntegerField(
        _("sold from"), default=1, validators=[MinValueValidator(1), MaxValueValidator(999)], help_text=_("Pieces.")
    )
    max_quantity = models.PositiveSmallIntegerField(
        _("up to"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(999)],
        help_text=_("Pieces of one variant in an order. Empty: as many as there are."),
    )
    quantity_step = models.PositiveSmallIntegerField(
        _("in steps of"), default=1, validators=[MinValueValidator(1), MaxValueValidator(999)]
    )
    search_title = models.CharField(
        _("title for search engines"), max_length=120, blank=True, help_text=_("Empty: the name.")
    )
    search_description = models.CharField(
        _("description for search engines"), max_length=320, blank=True, help_text=_("Empty: the summary.")
    )
    category = models.ForeignKey(Category, models.PROTECT, related_name="products", verbose_name=_("category"))
    brand = models.ForeignKey(
        Brand, models.SET_NULL, null=True, blank=True, related_name="products", verbose_name=_("brand")
    )
    # By its code: what a price contains can be reckoned without reading the row.
    tax_class = models.ForeignKey(
        TaxClass,
        models.PROTECT,
        to_field="code",
        db_column="tax_class",
        default=STANDARD,
        related_name="products",
        verbose_name=_("tax"),
    )
    options = models.ManyToManyField(Option, blank=True, related_name="+", verbose_name=_("options"))
    tags = models.ManyToManyField(Tag, blank=True, related_name="products", verbose_name=_("tags"))
    attributes = models.ManyToManyField(AttributeValue, blank=True, related_name="+", verbose_name=_("attributes"))
    # The name that another system gave it, so that a second import finds it again.
    import_key = models.CharField(_("import key"), max_length=255, null=True, blank=True, unique=True, editable=False)
    popularity = models.PositiveIntegerField(_("popularity"), default=0, editable=False)
    # Published ratings, written by `catalog.actions.ratings`: their sum, their number, and how many of 1 to 5 stars.
    rating_sum = models.PositiveIntegerField(_("sum of ratings"), default=0, editable=False)
    rating_count = models.PositiveIntegerField(_("ratings"), default=0, editable=False)
    rating_spread = models.JSONField(default=list, blank=True, editable=False)
    # Grows with everything that people say about it in public; while it stays, what was drawn from their words holds.
    voices_revision = models.PositiveIntegerField(default=0, editable=False)
    # Pieces sold in the last 60 days, counted every night by whoever knows the orders.
    sold_lately = models.PositiveIntegerField(_("sold lately"), default=0, editable=False)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    publish_at = models.DateTimeField(
        _("publish on"), null=True, blank=True, help_text=_("For a scheduled product: it then shows itself.")
    )
    unpublish_at = models.DateTimeField(
        _("take down on"), null=True, blank=True, help_text=_("It is archived then. Empty: it stays.")
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    objects = ProductQuerySet.as_manager()

    class Meta:
        verbose_name = _("product")
        verbose_name_plural = _("products")
        ordering = ["-id"]
        indexes = [
            # For the clock, every minute: what is due.
            models.Index(
                fields=["publish_at"], condition=models.Q(status="scheduled"), name="product_due_to_be_published"
            ),
            models.Index(
                fields=["unpublish_at"], condition=models.Q(unpublish_at__isnull=False), name="product_due_down"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=["physical", "digital", "service", "bundle", "gift_card"]),
                name="product_kind_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=["draft", "scheduled", "published", "archived"]),
                name="product_status_is_known",
            ),
            models.CheckConstraint(
                condition=~models.Q(status="published") | models.Q(published_at__isnull=False),
                name="published_product_has_a_date",
            ),
            models.CheckConstraint(
                condition=~models.Q(status="scheduled") | models.Q(publish_at__isnull=False),
                name="scheduled_product_has_a_date",
            ),
            models.CheckConstraint(
                condition=models.Q(publish_at__isnull=True)
                | models.Q(unpublish_at__isnull=True)
                | models.Q(unpublish_at__gt=models.F("publish_at")),
                name="product_is_taken_down_after_it_is_published",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    rating_sum__gte=models.F("rating_count"), rating_sum__lte=models.F("rating_count") * 5
                ),
                name="product_ratings_are_one_to_five",
            ),
            models.CheckConstraint(
                condition=models.Q(min_quantity__gte=1, quantity_step__gte=1)
                & (models.Q(max_quantity__isnull=True) | models.Q(max_quantity__gte=models.F("min_quantity"))),
                name="product_quantities_are_a_range",
                violation_error_message=_("“Up to” has to be at least “sold from”."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_sent(self) -> bool:
        """Whether it goes into a parcel."""
        return self.kind in self.SENT_KINDS

    def get_absolute_url(self) -> str:
        return reverse("product", args=[self.slug])

    @property
    def rating(self) -> float | None:
        """The mean of its published ratings with one decimal; None without any."""
        return average(self.rating_sum, self.rating_count)


class DigitalFile(models.Model):
    """A file that a digital product consists of; it lies below PRIVATE_ROOT and has no public address."""

    product = models.ForeignKey(Product, models.CASCADE, related_name="files", verbose_name=_("product"))
    name = models.CharField(_("name"), max_length=160)
    path = models.CharField(_("path"), max_length=255, help_text=_("Below the private folder of the shop."))

    class Meta:
        verbose_name = _("digital file")
        verbose_name_plural = _("digital files")

    def __str__(self) -> str:
        return self.name
