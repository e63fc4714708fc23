"""Words a Checkout Session may be opened with."""

# fmt: off
LOCALES = (
    "auto", "bg", "cs", "da", "de", "el", "en", "en-GB", "es", "es-419", "et", "fi", "fil", "fr", "fr-CA",
    "hi-IN", "hr", "hu", "id", "it", "ja", "ko", "lt", "lv", "ms", "mt", "nb", "nl", "pl", "pt", "pt-BR",
    "ro", "ru", "sk", "sl", "sv", "th", "tr", "vi", "zh", "zh-HK", "zh-TW",
)
# Taken without effect: they change how Stripe's own page looks or what it asks for.
DECORATION = (
    "adaptive_pricing", "allow_promotion_codes", "automatic_tax", "billing_address_collection",
    "branding_settings", "consent_collection", "currency", "custom_text",
    "invoice_creation", "origin_context", "payment_method_options", "payment_method_types",
    "submit_type", "tax_id_collection", "ui_mode",
    "wallet_options",
)
HONOURED = (
    "cancel_url", "client_reference_id", "customer", "customer_creation", "customer_email",
    "expand", "expires_at", "line_items", "locale",
    "metadata", "mode", "payment_intent_data", "phone_number_collection", "saved_payment_method_options",
    "shipping_address_collection", "success_url",
)
# Where the page does not ask for an address.
UNREACHED = ("AS", "CC", "CU", "CX", "FM", "HM", "IR", "KP", "MH", "MP", "NF", "PW", "SY", "UM", "VI")
# fmt: on
