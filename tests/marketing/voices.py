"""People who bought something, and what they say."""

from datetime import UTC, datetime
from io import BytesIO

from PIL import Image

from catalog.actions import listing
from catalog.models import Product
from customers.models import Customer
from marketing.actions import moderation, reviews
from marketing.actions.reviews import Words
from marketing.authors import Author, customer_as_author, holder_of
from marketing.models import Review
from orders.models import Order, OrderLine
from tests.makers import make_customer, make_product, make_variant
from tests.marketing.orders import make_order

NOW = datetime(2026, 11, 20, 15, tzinfo=UTC)


def make_goods(name: str = "Linen robe", **fields) -> Product:
    """A product for sale that stands in the lists."""
    product = make_variant(make_product(name, **fields)).product
    listing.refresh([product.pk])
    return product


def buy(product: Product, customer: Customer | None = None, email: str = "ada@example.com", **fields) -> Order:
    """A placed order with one piece of it; paid unless said otherwise."""
    fields.setdefault("payment_status", "paid")
    fields.setdefault("paid_at", NOW if fields["payment_status"] != "unpaid" else None)
    order = make_order(customer=customer, email=customer.email if customer else email, **fields)
    OrderLine.objects.create(
        order=order, variant=product.variants.first(), product_name=product.name, sku="S", kind="physical", quantity=1,
        unit_price=4900, tax_rate_bp=2100, net=4050, tax=850, gross=4900,
    )  # fmt: skip
    return order


def words(rating: int = 5, text: str = "Soft, and it lasts.", **fields) -> Words:
    return Words(rating=rating, text=text, name=fields.pop("name", "Ada B."), **fields)


def make_review(product: Product, rating: int = 5, author: Author | None = None, **fields) -> Review:
    """A published review by a customer who bought it."""
    author = author or customer_as_author(make_customer())
    if author.customer and not author.purchase_of(product):
        buy(product, author.customer)
    review = reviews.write(author, product, words(rating, **fields), NOW)
    moderation.publish(review, NOW)
    review.refresh_from_db()
    return review


def guest_of(order: Order) -> Author:
    return holder_of(order)


def picture(form: str = "JPEG", size=(400, 500), **more) -> BytesIO:
    """A small picture as a file."""
    out = BytesIO()
    Image.new("RGB", size, (120, 90, 60)).save(out, form, **more)
    out.seek(0)
    out.name = f"picture.{form.lower()}"
    return out
