"""The ledger of what we write: one row per occasion, made before anything is sent."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from customers.models import Customer
from marketing.models.broadcast import Broadcast
from marketing.models.flow import Enrolment, Flow
from marketing.models.profile import Profile
from marketing.models.template import TemplateVersion
from orders.models import Cart, Promotion, PromotionCode


class Message(models.Model):
    """One message to one person for one occasion (`key`, such as `cart_abandoned:<cart id>`).

    planned → (claimed →) sending → handed_over, or skipped with a reason, failed, in_doubt. One that was claimed and
    whose worker died is planned again; one that was being sent and never marked is in doubt: it is shown to staff and
    never sent again by itself (at most once).
    """

    class Channel(models.TextChoices):
        EMAIL = "email", _("e-mail")
        SMS = "sms", _("text message")
        PUSH = "push", _("push notification")
        ONSITE = "web", _("on the website")
        WEBHOOK = "webhook", _("another system")

    class Priority(models.IntegerChoices):
        """Who goes first when somebody may not get everything: the smaller number."""

        CHECKOUT = 10, _("a checkout left behind")
        CART = 20, _("a cart left behind")
        STOCK = 30, _("back in stock")
        PRICE = 40, _("cheaper now")
        AFTER = 50, _("after an order")
        BROWSE = 60, _("after a look around")
        CAMPAIGN = 70, _("broadcast")

    class Status(models.TextChoices):
        PLANNED = "planned", _("planned")
        CLAIMED = "claimed", _("taken up")
        SENDING = "sending", _("being sent")
        HANDED_OVER = "handed_over", _("sent")
        SKIPPED = "skipped", _("not sent")
        FAILED = "failed", _("failed")
        IN_DOUBT = "in_doubt", _("in doubt")

    key = models.CharField(_("occasion"), max_length=120, unique=True)
    channel = models.CharField(_("channel"), max_length=8, choices=Channel.choices, default=Channel.EMAIL)
    priority = models.PositiveSmallIntegerField(_("priority"), choices=Priority.choices, default=Priority.CAMPAIGN)
    flow = models.ForeignKey(
        Flow, models.PROTECT, null=True, blank=True, related_name="messages", verbose_name=_("flow")
    )
    broadcast = models.ForeignKey(
        Broadcast,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="messages",
        # The indexes below serve it.
        db_index=False,
        verbose_name=_("broadcast"),
    )
    profile = models.ForeignKey(
        Profile, models.SET_NULL, null=True, blank=True, related_name="messages", verbose_name=_("person")
    )
    customer = models.ForeignKey(
        Customer, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("customer")
    )
    # What it was written from, when the flow has a template.
    version = models.ForeignKey(
        TemplateVersion, models.PROTECT, null=True, blank=True, related_name="messages", verbose_name=_("template")
    )
    cart = models.ForeignKey(Cart, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("cart"))
    enrolment = models.ForeignKey(
        Enrolment,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="messages",
        verbose_name=_("way through the flow"),
    )
    step = models.CharField(_("step"), max_length=12, blank=True)
    # The variant of an A/B test that it belongs to (`marketing.experiments.arm_of`).
    arm = models.CharField(_("variant"), max_length=20, blank=True)
    # A mailbox, a phone number (E.164), or the device or system it goes to.
    address = models.CharField(_("to"), max_length=254)
    language = models.CharField(_("language"), max_length=5)
    status = models.CharField(_("status"), max_length=12, choices=Status.choices, default=Status.PLANNED)
    reason = models.CharField(_("why"), max_length=60, blank=True)
    # Each rule with the value it saw, at planning and again at the claim.
    decision = models.JSONField(_("decision"), default=dict, blank=True)
    subject = models.CharField(_("subject"), max_length=255, blank=True)
    text = models.TextField(_("text"), blank=True)
    html = models.TextField("HTML", blank=True)
    planned_for = models.DateTimeField(_("planned for"))
    deadline = models.DateTimeField(_("not after"))
    claimed_at = models.DateTimeField(_("taken up"), null=True, blank=True)
    handed_over_at = models.DateTimeField(_("sent"), null=True, blank=True)
    clicked_at = models.DateTimeField(_("clicked"), null=True, blank=True)
    # On the website only: the person closed it.
    dismissed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    # What the provider that took it calls it.
    provider_id = models.CharField(_("number at the provider"), max_length=120, blank=True, db_index=True)
    created_at = models.DateTimeField(_("written"), default=timezone.now)

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["-id"]
        # For dispatch: what is due now.
        indexes = [
            models.Index(fields=["status", "planned_for"], name="message_due"),
            models.Index(fields=["planned_for"], name="message_by_day"),
            # For the budget: what somebody got lately, and what he is to get.
            models.Index(fields=["profile", "claimed_at"], name="message_of_person"),
            # Whether anything is to be shown on the website at all.
            models.Index(fields=["deadline"], condition=models.Q(channel="web"), name="message_on_site"),
            # For broadcasts: what is due, what is open and what became of it; and how many left within the hour.
            models.Index(
                fields=["broadcast", "status", "planned_for"],
                condition=models.Q(broadcast__isnull=False),
                name="message_of_broadcast",
            ),
            models.Index(
                fields=["broadcast", "claimed_at"],
                condition=models.Q(broadcast__isnull=False, claimed_at__isnull=False),
                name="message_left_of_broadcast",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "step"],
                condition=models.Q(enrolment__isnull=False),
                name="one_message_per_step_of_an_enrolment",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    status__in=["planned", "claimed", "sending", "handed_over", "skipped", "failed", "in_doubt"]
                ),
                name="message_status_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(channel__in=["email", "sms", "push", "web", "webhook"]),
                name="message_channel_is_known",
            ),
            models.CheckConstraint(
                condition=~models.Q(status__in=["claimed", "sending", "handed_over", "in_doubt"])
                | models.Q(claimed_at__isnull=False),
                name="message_was_taken_up_before_it_left",
            ),
            models.CheckConstraint(
                condition=~models.Q(status="handed_over") | models.Q(handed_over_at__isnull=False),
                name="sent_message_has_a_time",
            ),
            models.CheckConstraint(
                condition=~models.Q(status="skipped") | ~models.Q(reason=""), name="skipped_message_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.address}: {self.key}"

    @property
    def campaign(self) -> str:
        """What reports call that which it belongs to."""
        source = self.broadcast or self.flow
        return source.name if source else ""


class Coupon(models.Model):
    """A code that was made for one message: for one use, and void when the message was not sent."""

    message = models.ForeignKey(Message, models.CASCADE, related_name="coupons", verbose_name=_("message"))
    promotion = models.ForeignKey(Promotion, models.CASCADE, related_name="+", verbose_name=_("promotion"))
    code = models.OneToOneField(PromotionCode, models.CASCADE, related_name="coupon", verbose_name=_("code"))

    class Meta:
        verbose_name = _("coupon")
        verbose_name_plural = _("coupons")
        constraints = [models.UniqueConstraint(fields=["message", "promotion"], name="one_coupon_per_message")]

    def __str__(self) -> str:
        return f"{self.message_id}: {self.code_id}"
