"""The root of all addresses: the back office, what machines call, and the shop in three languages."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path
from django.views.i18n import set_language

from catalog.admin.pickers import PickerView
from shop.views.office import sign_in

urlpatterns = [
    path("admin/language/", set_language, name="office-language"),
    # Before the addresses of the same name among those of the site.
    path("admin/login/", sign_in),
    path("admin/autocomplete/", admin.site.admin_view(PickerView.as_view(admin_site=admin.site))),
    path("admin/", admin.site.urls),
    path("", include("shop.urls_machines")),
    *i18n_patterns(
        path("accounts/", include("allauth.account.urls")),
        path("", include("shop.urls")),
        prefix_default_language=False,
    ),
]

handler400 = "shop.views.errors.bad_request"
handler403 = "shop.views.errors.forbidden"
handler404 = "shop.views.errors.not_found"
handler500 = "shop.views.errors.server_error"
