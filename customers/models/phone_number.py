"""Telephone numbers that people gave for texts, confirmed by a code."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class PhoneNumber(models.Model):
    """The number to which the owner of an address wants texts, and the one that he has yet to confirm.

    `number` is one that was confirmed; only there may a text of marketing go. Both are E.164.
    """

    email = models.EmailField(_("e-mail"), unique=True)
    number = models.CharField(_("number"), max_length=16, blank=True, db_index=True)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    asked = models.CharField(_("number to confirm"), max_length=16, blank=True)
    # Of the code only a keyed hash is kept.
    code_hash = models.CharField(max_length=64, blank=True, editable=False)
    asked_at = models.DateTimeField(_("code sent"), null=True, blank=True)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    # The sentence that was read when the code was asked for: it is agreed to by typing the code.
    wording = models.TextField(_("wording"), blank=True)
    created_at = models.DateTimeField(_("given"), default=timezone.now)

    class Meta:
        verbose_name = _("number for texts")
        verbose_name_plural = _("numbers for texts")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(number="") | models.Q(number__startswith="+", confirmed_at__isnull=False),
                name="number_for_texts_was_confirmed",
            ),
            models.CheckConstraint(
                condition=models.Q(asked="") | models.Q(asked__startswith="+", asked_at__isnull=False),
                name="asked_number_has_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.email}: {self.number or self.asked}"
