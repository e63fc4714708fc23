from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class CatalogConfig(AppConfig):
    name = "catalog"
    verbose_name = _("Catalogue")

    def ready(self) -> None:
        from catalog import lookups, receivers  # noqa: F401

        lookups.teach()
        post_migrate.connect(_begin, sender=self)


def _begin(using: str, **_facts) -> None:
    """A shop without tax classes could not keep a single product."""
    from catalog.models import tax_class

    if using == "default":
        tax_class.begin()
