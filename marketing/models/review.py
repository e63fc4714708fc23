"""What buyers think of a product, read by staff before it is shown."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.models import Product
from customers.models import Customer
from marketing.models.voice import Moderated, State, known
from orders.models import Order


class Review(Moderated):
    """One person's rating of one product, with words.

    The author is a customer; or, without an account, the address of the order whose signed link was used. Withdrawing
    deletes the row. `is_verified`: a paid or sent order of this product was found when it was written.
    """

    class Fit(models.TextChoices):
        SMALL = "small", _("runs small")
        TRUE = "true", _("true to size")
        LARGE = "large", _("runs large")

    product = models.ForeignKey(Product, models.CASCADE, related_name="reviews", verbose_name=_("product"))
    customer = models.ForeignKey(
        Customer, models.SET_NULL, null=True, blank=True, related_name="reviews", verbose_name=_("customer")
    )
    order = models.ForeignKey(
        Order, models.SET_NULL, null=True, blank=True, related_name="reviews", verbose_name=_("order")
    )
    email = models.EmailField(_("e-mail"))
    rating = models.PositiveSmallIntegerField(_("stars"))
    title = models.CharField(_("title"), max_length=120, blank=True)
    text = models.TextField(_("text"))
    fit = models.CharField(_("fit"), max_length=5, choices=Fit.choices, blank=True)
    # [{"file", "small", "width", "height"}]: names below MEDIA_ROOT, the picture and its preview.
    pictures = models.JSONField(_("pictures"), default=list, blank=True)
    name = models.CharField(_("shown name"), max_length=60)
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES)
    is_verified = models.BooleanField(_("bought here"), default=False)
    reply = models.TextField(
        _("your reply"), blank=True, help_text=_("Shown below the review; its author gets a mail.")
    )
    replied_at = models.DateTimeField(_("replied"), null=True, blank=True)
    # Counted from the votes and the open reports, so that no list has to.
    helpful = models.PositiveIntegerField(_("found helpful by"), default=0)
    reports = models.PositiveIntegerField(_("open reports"), default=0)

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["product", "customer"], name="one_review_per_customer_and_product"),
            models.UniqueConstraint(
                fields=["product", "email"], condition=models.Q(customer=None), name="one_review_per_guest_and_product"
            ),
            models.CheckConstraint(condition=models.Q(rating__range=(1, 5)), name="review_has_one_to_five_stars"),
            known("state", State.values, "review_state_is_known"),
            known("fit", ["", "small", "true", "large"], "review_fit_is_known"),
        ]
        indexes = [
            # The page of a product: what is published, newest first; and the queue of what waits.
            models.Index(fields=["product", "state", "-published_at"], name="review_of_product"),
            models.Index(fields=["state", "id"], name="review_queue"),
            models.Index(fields=["created_at"], name="review_by_day"),
        ]

    def __str__(self) -> str:
        return f"{self.rating}/5 · {self.title or self.text[:40]}"

    @property
    def has_pictures(self) -> bool:
        return bool(self.pictures)


class ReviewVote(models.Model):
    """Somebody found a review helpful. `voter` names a customer or a visitor's session, once each."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="votes")
    voter = models.CharField(max_length=64)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["review", "voter"], name="one_vote_per_review_and_voter")]

    def __str__(self) -> str:
        return f"{self.review_id}: {self.voter[:8]}"


class ReviewReport(models.Model):
    """A visitor's remark that a review should not be shown; staff looks at it and settles it."""

    class Reason(models.TextChoices):
        OFFENSIVE = "offensive", _("It insults somebody")
        PRIVATE = "private", _("It tells something private")
        SPAM = "spam", _("It is advertising")
        FALSE = "false", _("It is not about this product, or made up")
        OTHER = "other", _("Something else")

    review = models.ForeignKey(Review, models.CASCADE, related_name="report_set", verbose_name=_("review"))
    reason = models.CharField(_("reason"), max_length=10, choices=Reason.choices)
    text = models.CharField(_("in their words"), max_length=500, blank=True)
    reporter = models.CharField(max_length=64, editable=False)
    created_at = models.DateTimeField(_("at"), default=timezone.now)
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)

    class Meta:
        verbose_name = _("report of a review")
        verbose_name_plural = _("reports of a review")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["review", "reporter"], name="one_report_per_review_and_reporter"),
            known("reason", ["offensive", "private", "spam", "false", "other"], "review_report_reason_is_known"),
        ]

    def __str__(self) -> str:
        return self.get_reason_display()
