from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _


class OrdersConfig(AppConfig):
    name = "orders"
    verbose_name = _("Orders")

    def ready(self) -> None:
        from orders import receivers  # noqa: F401

        pre_migrate.connect(_unseal, sender=self)
        post_migrate.connect(_seal, sender=self)


def _unseal(using: str, plan: list, **kwargs: object) -> None:
    from orders.ledger_seal import unseal

    if plan:
        unseal(connections[using])


def _seal(using: str, **kwargs: object) -> None:
    from orders.ledger_seal import seal

    seal(connections[using])
