"""Questions about a product, asked and answered where others can read them."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.models import Product
from customers.models import Customer
from marketing.models.voice import Moderated, State, known


class Question(Moderated):
    """Asked by a customer or by a guest who left an address; the answer goes there too."""

    product = models.ForeignKey(Product, models.CASCADE, related_name="questions", verbose_name=_("product"))
    customer = models.ForeignKey(
        Customer, models.SET_NULL, null=True, blank=True, related_name="questions", verbose_name=_("customer")
    )
    email = models.EmailField(_("e-mail"))
    name = models.CharField(_("shown name"), max_length=60)
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES)
    text = models.TextField(_("question"))
    # Question and published answers in small letters: SQLite knows the case of ASCII alone.
    words = models.TextField(blank=True, editable=False)

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["-id"]
        constraints = [known("state", State.values, "question_state_is_known")]
        indexes = [
            models.Index(fields=["product", "state", "-published_at"], name="question_of_product"),
            models.Index(fields=["state", "id"], name="question_queue"),
            models.Index(fields=["created_at"], name="question_by_day"),
        ]

    def __str__(self) -> str:
        return self.text[:60]


class Answer(Moderated):
    """By staff, or by somebody who bought the product; who of them is said on the page."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="answers", verbose_name=_("question"))
    customer = models.ForeignKey(
        Customer, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("by")
    )
    by_staff = models.BooleanField(_("by the shop"), default=False)
    name = models.CharField(_("shown name"), max_length=60, blank=True)
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES)
    text = models.TextField(_("answer"))

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        # The shop first, then in the order in which they came.
        ordering = ["-by_staff", "id"]
        constraints = [
            known("state", State.values, "answer_state_is_known"),
            models.UniqueConstraint(
                fields=["question", "customer"],
                condition=models.Q(by_staff=False),
                name="one_answer_per_customer_and_question",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]
