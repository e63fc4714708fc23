"""Words that mean the same to those who search, kept by the merchant."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

AT_MOST = 20
LONGEST = 60


def phrases(text: str) -> list[str]:
    """The words of a list with commas, each once, without blanks around them."""
    parts = (" ".join(part.split()) for part in text.replace(";", ",").split(","))
    return list(dict.fromkeys(part for part in parts if part))


def check_phrases(text: str) -> None:
    """Refuses what would make searching slow or senseless."""
    found = phrases(text)
    if len(found) > AT_MOST:
        raise ValidationError(_("At most %(number)d in one entry."), params={"number": AT_MOST})
    if any(len(phrase) > LONGEST for phrase in found):
        raise ValidationError(_("Each may have up to %(number)d letters."), params={"number": LONGEST})
    if any(not any(letter.isalnum() for letter in phrase) for phrase in found):
        raise ValidationError(_("Separate words by commas; each needs letters."))


class Synonym(models.Model):
    """Words of one language that find each other's goods; or, one way, words that also find others."""

    class Kind(models.TextChoices):
        EQUAL = "equal", _("mean the same")
        ONE_WAY = "one-way", _("also find others")

    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    kind = models.CharField(_("these words"), max_length=10, choices=Kind.choices, default=Kind.EQUAL)
    words = models.CharField(
        _("what people type"),
        max_length=600,
        validators=[check_phrases],
        help_text=_("Separated by commas: sofa, couch, settee. Endings, capitals and accents do not matter."),
    )
    also = models.CharField(
        _("what is found too"),
        max_length=600,
        blank=True,
        validators=[check_phrases],
        help_text=_("Only when the words above also find others: whoever types them is shown these goods too."),
    )

    class Meta:
        verbose_name = _("synonym")
        verbose_name_plural = _("synonyms")
        ordering = ["language", "words"]
        constraints = [
            models.UniqueConstraint(fields=["language", "words"], name="synonym_words_are_unique"),
            models.CheckConstraint(
                condition=(models.Q(kind="equal") & models.Q(also=""))
                | (models.Q(kind="one-way") & ~models.Q(also="")),
                name="synonym_one_way_leads_somewhere",
                violation_error_message=_("Say what is found too, or choose that the words mean the same."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.words} → {self.also}" if self.also else self.words
