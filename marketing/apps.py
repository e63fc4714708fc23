from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MarketingConfig(AppConfig):
    name = "marketing"
    verbose_name = _("Marketing")

    def ready(self) -> None:
        from marketing import receivers  # noqa: F401
        from marketing.queries.segments import choices, segments_of_buyer
        from orders.promotions import segments

        segments.join(segments_of_buyer, choices)
