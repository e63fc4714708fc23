"""The words by which staff find an order."""

from django.db import models

from orders.models.order import Order


class OrderWord(models.Model):
    """A word that an order is found by, in small letters without accents; see `orders.actions.finding`."""

    LONGEST = 40

    order = models.ForeignKey(Order, models.CASCADE, related_name="words", db_index=False)
    word = models.CharField(max_length=LONGEST)

    class Meta:
        indexes = [
            # Found by beginnings: PostgreSQL's own order of letters would not do for that.
            models.Index(fields=["word", "order"], name="order_by_word", opclasses=["varchar_pattern_ops", "int8_ops"]),
        ]
        constraints = [models.UniqueConstraint(fields=["order", "word"], name="order_has_a_word_once")]

    def __str__(self) -> str:
        return self.word
