"""Addresses that machines call; they carry no language."""

from django.urls import path

from shop.views import feeds, machines, media, phone, reports, staff, webhooks

urlpatterns = [
    path("media/<path:path>", media.media, name="media"),
    path("healthz", machines.healthz, name="healthz"),
    path("readyz", machines.readyz, name="readyz"),
    path("robots.txt", machines.robots, name="robots"),
    path("feeds/<str:name>", machines.feed, name="feed"),
    path("sitemap.xml", machines.sitemap, name="sitemap"),
    path("manifest.webmanifest", machines.manifest, name="manifest"),
    path("sw.js", machines.service_worker, name="service-worker"),
    path("offline/", machines.offline, name="offline"),
    path("webhooks/stripe/", webhooks.payment_webhook, name="stripe-webhook"),
    # The same letter-box for whoever else takes payments.
    path("webhooks/payments/", webhooks.payment_webhook, name="payment-webhook"),
    path("webhooks/mail/", reports.mail, name="mail-reports"),
    path("webhooks/texts/", reports.texts, name="text-reports"),
    path("staff/feeds/", feeds.feeds_page, name="staff-feeds"),
    path("staff/phone/", phone.begun, name="phone-orders"),
    path("staff/phone/<uuid:pk>/", phone.order, name="phone-order"),
    path("staff/mail/", staff.outgoing_mail, name="outgoing-mail"),
    path("staff/mail/<str:kind>/<int:pk>/", staff.letter, name="letter"),
    path("staff/mail/<str:kind>/<int:pk>/html/", staff.letter_html, name="letter-html"),
]
