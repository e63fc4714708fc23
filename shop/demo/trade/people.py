"""Invented customers: name, address, language, and what they agreed to."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from django.utils import translation

from customers.models import Address, Consent, Customer
from shop.demo.data import load
from shop.demo.merchant import PASSWORD
from shop.newsletter import wording

CUSTOMERS = 320


@dataclass
class Person:
    """Somebody who buys, with an account or as a guest."""

    name: str
    email: str
    language: str
    place: dict
    customer: Customer | None = None
    agreed: bool = False

    def address(self) -> dict:
        return {
            "name": self.name, "line1": self.place["street"], "postcode": self.place["postcode"],
            "city": self.place["city"], "country": self.place["country"],
        }  # fmt: skip


class Crowd:
    """Makes people, each with an e-mail address of his own."""

    def __init__(self, chance: Random) -> None:
        self.chance, self.data, self.count = chance, load("people"), 0

    def person(self) -> Person:
        chance, country = self.chance, self._country()
        names = self.data["names"].get(country["language"], self.data["names"]["es"])
        given, family = chance.choice(names["given"]), chance.choice(names["family"])
        self.count += 1
        town = chance.choice(country["towns"])
        street = f"{chance.choice(country['streets'])} {chance.randint(1, 88)}"
        place = {"street": street, "country": country["code"], "city": town["city"], "postcode": town["postcode"]}
        return Person(f"{given} {family}", f"guest{self.count}@post.example", country["shop_language"], place)

    def _country(self) -> dict:
        countries = self.data["countries"]
        return self.chance.choices(countries, weights=[c["weight"] for c in countries])[0]


def invite(crowd: Crowd, now: datetime) -> list[Person]:
    """Customers with accounts; the first is Ana, whose password the last screen of `make run` tells."""
    people = [crowd.person() for _ in range(CUSTOMERS)]
    people[0].name, people[0].email, people[0].language = "Ana Belmonte", "ana@lumbre.example", "en"
    for number, person in enumerate(people):
        person.agreed = number == 0 or crowd.chance.random() < 0.6
        if number:
            person.email = f"customer{number}@post.example"
        person.customer = Customer(
            email=person.email, name=person.name, language=person.language, password="!",  # noqa: S106 - no password fits it
            date_joined=now - timedelta(days=crowd.chance.randint(2, 364)),
        )  # fmt: skip
    people[0].customer.set_password(PASSWORD)
    Customer.objects.bulk_create(p.customer for p in people)
    Address.objects.bulk_create(Address(customer=p.customer, is_default=True, **p.address()) for p in people)
    record_consent(people, "account")
    return people


def record_consent(people: list[Person], source: str) -> None:
    Consent.objects.bulk_create(
        Consent(
            email=p.email, customer=p.customer, purpose="marketing", channel="email", status="granted",
            wording=_wording(p.language), source=source, created_at=p.customer.date_joined,
        )
        for p in people
        if p.agreed and p.customer
    )  # fmt: skip


def _wording(language: str) -> str:
    with translation.override(language):
        return wording()
