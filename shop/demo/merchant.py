"""The merchant's own rows: who sells here, on what terms, and who works in the back office."""

from datetime import date

from django.contrib.auth.models import Group, Permission

from catalog.models import Location
from customers.models import Customer, ShopDetails
from orders.actions import tax_rates
from orders.models import DeliveryMethod, PaymentMethod, TaxRate
from shop.demo.data import load, spread
from shop.models import HomePage, Page

PASSWORD = "lumbre-demo"  # noqa: S105 - printed on the last screen of `make run`

#: Standard and reduced (printed books) VAT in hundredths of a percent, as of autumn 2026.
TAX = {
    "ES": (2100, 400), "PT": (2300, 600), "FR": (2000, 550), "DE": (1900, 700), "IT": (2200, 400), "IE": (2300, 0),
    "NL": (2100, 900), "BE": (2100, 600), "AT": (2000, 1000), "PL": (2300, 500), "LV": (2100, 500),
    "LT": (2100, 500), "EE": (2400, 900),
}  # fmt: skip
NEAR = ["ES", "PT"]
FAR = [country for country in TAX if country not in NEAR]

#: Groups of the staff and what each may do: app, verb, models.
ROLES = {
    "Order desk": [
        ("orders", "view", "order orderline payment refund shipment orderevent cart invoice"),
        ("orders", "change", "order"),
        ("catalog", "view", "product variant stocklevel stockmovement category brand"),
        ("catalog", "change", "stocklevel"),
        ("customers", "view", "customer address mail text"),
    ],
    "Marketing": [
        ("marketing", "view", "segment profile broadcast template"),
        ("marketing", "add", "segment broadcast"),
        ("marketing", "change", "segment broadcast"),
        ("marketing", "delete", "segment segmentmembership"),
        (
            "marketing",
            "view",
            "flow enrolment template message event notice wantedvariant question answer review reviewreport",
        ),
        ("marketing", "add", "flow template"),
        ("marketing", "change", "flow template review question answer"),
        ("orders", "view", "cart order promotion promotioncode promotionamount"),
        ("orders", "add", "promotion promotioncode promotionamount"),
        ("orders", "change", "promotion promotioncode promotionamount"),
        ("catalog", "view", "variant brand collection"),
        ("customers", "view", "customergroup"),
        ("customers", "view", "customer consent suppression"),
        ("catalog", "view", "product category brand sale pricelist pricechange"),
        ("catalog", "add", "sale"),
        ("catalog", "change", "sale"),
    ],
}


def set_up() -> None:
    """Shop details, pages, delivery, payment, tax, the warehouse and the staff."""
    ShopDetails(
        name="Lumbre",
        legal_name="Lumbre Casa, S. L.",
        address="Calle de las Barcas 00\n46002 Valencia\nEspaña",
        email="hola@lumbre.example",
        phone="+34 960 00 00 00",
        vat_number="ESB00000000",
        text_sent=True,
        text_ready=True,
        text_late=True,
        **spread(
            tagline={
                "en": "Things for the house, made to be kept",
                "es": "Cosas para la casa, hechas para durar",
                "ru": "Вещи для дома, с которыми живут долго",
            }
        ),
    ).save()
    Location.objects.create(name="Valencia")
    _write_pages()
    _offer_delivery()
    _offer_payment()
    rates = [(c, k, r) for c, (standard, low) in TAX.items() for k, r in (("standard", standard), ("reduced", low))]
    TaxRate.objects.bulk_create(TaxRate(country=c, tax_class_id=k, rate_bp=r) for c, k, r in rates)
    # The regions of the countries we deliver to, from the list that comes with the shop.
    today = date.today()
    tax_rates.load([change for change in tax_rates.changes(today, TAX) if change.region], today)


def _write_pages() -> None:
    home = load("home")
    hero, story = home["hero"], home["story"]
    facts = {
        language: [{k: v[language] for k, v in fact.items()} for fact in home["facts"]] for language in hero["title"]
    }
    voices = {
        language: [{**voice, "text": voice["text"][language]} for voice in home["voices"]] for language in hero["title"]
    }
    HomePage(
        **spread(
            hero_title=hero["title"],
            hero_text=hero["text"],
            hero_action=hero["action"],
            story_title=story["title"],
            story_text=story["text"],
            facts=facts,
            voices=voices,
        )  # fmt: skip
    ).save()
    for position, page in enumerate(load("pages")):
        Page.objects.create(slug=page["slug"], position=position, **spread(title=page["title"], body=page["body"]))


def _offer_delivery() -> None:
    home = {"en": "Home delivery", "es": "Envío a domicilio", "ru": "Курьер до двери"}
    express = {"en": "Express", "es": "Exprés", "ru": "Экспресс"}
    tracking = "https://tracking.example/{number}"
    DeliveryMethod.objects.create(
        code="home", carrier="Correo Levante", tracking_url=tracking, countries=NEAR, price=490, free_from=6000,
        handling_days=1, min_days=1, max_days=2, position=1, **spread(name=home),
    )  # fmt: skip
    DeliveryMethod.objects.create(
        code="express", carrier="Rayo", tracking_url=tracking, countries=["ES"], price=990,
        handling_days=0, min_days=1, max_days=1, cutoff_hour=13, position=2, **spread(name=express),
    )  # fmt: skip
    DeliveryMethod.objects.create(
        code="europe", carrier="Correo Levante", tracking_url=tracking, countries=FAR, price=990, free_from=12000,
        handling_days=1, min_days=3, max_days=5, position=3, **spread(name=home),
    )  # fmt: skip


def _offer_payment() -> None:
    account = "IBAN ES00 0000 0000 0000 0000 0000 · Lumbre Casa, S. L."
    PaymentMethod.objects.create(
        code="card", position=1, captures_on_dispatch=True,
        **spread(
            name={"en": "Card", "es": "Tarjeta", "ru": "Картой"},
            hint={
                "en": "You pay on the page of our payment partner.",
                "es": "Pagas en la página de nuestro proveedor de pagos.",
                "ru": "Оплата на странице нашего платёжного партнёра.",
            },
            instructions={"en": "", "es": "", "ru": ""},
        ),
    )  # fmt: skip
    PaymentMethod.objects.create(
        code="bank_transfer", position=2,
        **spread(
            name={"en": "Bank transfer", "es": "Transferencia bancaria", "ru": "Банковский перевод"},
            hint={
                "en": "We send your parcel when the money has arrived.",
                "es": "Enviamos el paquete en cuanto llega el dinero.",
                "ru": "Отправим посылку, как только придут деньги.",
            },
            instructions={
                "en": f"Please transfer the sum within seven days and name your order number.\n{account}",
                "es": f"Haz la transferencia en siete días e indica tu número de pedido.\n{account}",
                "ru": f"Переведите сумму в течение семи дней и укажите номер заказа.\n{account}",
            },
        ),
    )  # fmt: skip
    PaymentMethod.objects.create(
        code="on_delivery", position=3,
        **spread(
            name={"en": "Pay on delivery", "es": "Pago contra reembolso", "ru": "При получении"},
            hint={
                "en": "You pay the courier at your door.",
                "es": "Pagas al mensajero en tu puerta.",
                "ru": "Вы платите курьеру у своей двери.",
            },
            instructions={
                "en": "Please have the sum ready for the courier.",
                "es": "Ten preparado el importe para el mensajero.",
                "ru": "Пожалуйста, приготовьте сумму для курьера.",
            },
        ),
    )  # fmt: skip


def hire_staff() -> Customer:
    """The owner and one person for each role; returns the owner."""
    for role, rights in ROLES.items():
        group = Group.objects.create(name=role)
        codenames = [(app, f"{verb}_{model}") for app, verb, models in rights for model in models.split()]
        for app, codename in codenames:
            group.permissions.add(Permission.objects.get(content_type__app_label=app, codename=codename))
    owner = Customer.objects.create_superuser("owner@lumbre.example", PASSWORD, name="Irene Lumbreras")
    for email, name, role in (
        ("clerk@lumbre.example", "Marc Soler", "Order desk"),
        ("marketing@lumbre.example", "Vera Pons", "Marketing"),
    ):
        person = Customer.objects.create_user(email, PASSWORD, name=name, is_staff=True)
        person.groups.add(Group.objects.get(name=role))
    return owner
