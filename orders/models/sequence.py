"""Numbers without gaps."""

from django.db import models


class NumberSequence(models.Model):
    """A counter that is moved in the transaction that uses the number, so that no number is ever lost."""

    name = models.CharField(max_length=20, primary_key=True)
    value = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.name}: {self.value}"
