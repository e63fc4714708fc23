"""What a customer searched for lately: his own, on every device, and gone when he wishes."""

from django.db import models

from customers.models.customer import Customer


class RecentSearch(models.Model):
    """Words that found something. Seen by their customer alone."""

    customer = models.ForeignKey(Customer, models.CASCADE, related_name="recent_searches")
    words = models.CharField(max_length=40)
    searched_at = models.DateTimeField()

    class Meta:
        ordering = ["-searched_at"]
        constraints = [models.UniqueConstraint(fields=["customer", "words"], name="recent_search_is_kept_once")]

    def __str__(self) -> str:
        return self.words
