"""What search reads: analysed words of each listed product, and the vocabulary that spelling mistakes are judged by.

Written only by `catalog.search`; never a source of truth.
"""

from django.db import models

from catalog.models.product import Product


class SearchDocument(models.Model):
    """A listed product in one language, as stems (see catalog/search/analysis.py).

    The primary key is worked out from product and language, so that hits need no look-up. The engine's own index is
    kept in step by the database: triggers on SQLite, a generated column on PostgreSQL (migration 0014).
    """

    id = models.BigIntegerField(primary_key=True)
    product = models.ForeignKey(Product, models.CASCADE, related_name="+")
    language = models.CharField(max_length=10)
    # Names and article numbers; then what is known of the thing (its category, brand, values); then what is told of it.
    title = models.TextField()
    facts = models.TextField(default="")
    body = models.TextField()
    # Every word once, as written: what the vocabulary counts.
    words = models.TextField()

    def __str__(self) -> str:
        return f"{self.product_id} ({self.language})"


class SearchWord(models.Model):
    """A word of the goods, with its stem and the number of documents that say it."""

    language = models.CharField(max_length=10)
    word = models.CharField(max_length=40)
    stem = models.CharField(max_length=40)
    frequency = models.IntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["language", "word"], name="search_word_is_unique")]
        # A mistake is looked up by word and by stem; see catalog/search/spelling.py.
        indexes = [models.Index(fields=["language", "stem"], name="search_word_by_stem")]

    def __str__(self) -> str:
        return self.word
