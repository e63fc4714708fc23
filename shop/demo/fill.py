"""Fills an empty shop. The order of the steps is the order in which a merchant would take them."""

from collections.abc import Callable
from datetime import datetime
from random import Random

from django.db import transaction

from catalog.actions import listing
from catalog.models import Product
from shop.demo import merchant, places
from shop.demo.accounts import owe
from shop.demo.acquaintance import know_everybody
from shop.demo.broadcasts import write_to_readers
from shop.demo.costs import know_costs
from shop.demo.delivery import deliver
from shop.demo.gift_cards import sell_gift_cards
from shop.demo.goods import Shelf, stock_shelves
from shop.demo.kinds import set_apart
from shop.demo.lists import wish
from shop.demo.phone import answer_the_telephone
from shop.demo.points import know_points
from shop.demo.prices import set_prices
from shop.demo.promotions import promote
from shop.demo.segments import group_people
from shop.demo.suppliers import explain_lists
from shop.demo.themes import put_together
from shop.demo.trade.desk import work_at_the_desk
from shop.demo.trade.ledger import Ledger
from shop.demo.trade.papers import write_papers
from shop.demo.trade.people import Crowd, invite
from shop.demo.trade.purchases import Goods, invent
from shop.demo.trade.traces import leave_carts, leave_events
from shop.demo.types import describe
from shop.demo.visits import remember_visits
from shop.demo.voices import let_speak
from shop.demo.words import leave_searches, teach_synonyms

SEED = 20_260

Say = Callable[[str], None]
Progress = Callable[[int, int], None]


class NotEmpty(Exception):
    """There are goods in this shop already; nothing was changed."""


def fill(now: datetime, say: Say, progress: Progress, with_pictures: bool = True) -> None:
    """Put the demonstration shop into an empty database: all of it, or nothing. Raises NotEmpty."""
    with transaction.atomic():
        if Product.objects.exists():
            raise NotEmpty
        shelf = furnish(now, say)
        know_costs()
        say("Inventing a year of trade")
        _trade(shelf, now)
        say("Opening two shops")
        places.open_shops()
        places.fill_shops(now)
        deliver(now)
        know_points(now)
        places.bundle_up(shelf, now)
        places.expect_goods(now)
        work_at_the_desk(now)
        set_apart(shelf, now)
        promote(now)
        sell_gift_cards(shelf, now)
        wish(now)
        answer_the_telephone(now)
        owe(now)
        let_speak(shelf, now)
        if with_pictures:
            say("Drawing pictures")
            from shop.demo.gallery import hang_pictures  # numpy is slow to load and not needed without pictures

            hang_pictures(shelf, progress)
        say("Preparing lists and search")
        listing.refresh(list(Product.objects.values_list("pk", flat=True)))
        leave_searches(now)
        put_together(shelf, now)
        know_everybody()
        remember_visits(now)
        group_people(now)
        write_to_readers(now)


def furnish(now: datetime, say: Say) -> Shelf:
    """The merchant's rows and the goods with their facts and prices: what is there before the first customer."""
    say("Setting up the shop and its staff")
    merchant.set_up()
    merchant.hire_staff()
    say("Putting goods on the shelves")
    shelf = stock_shelves(now)
    teach_synonyms()
    explain_lists()
    describe(shelf)
    set_prices(shelf.variants, now)
    return shelf


def _trade(shelf: Shelf, now: datetime) -> None:
    crowd = Crowd(Random(SEED))  # noqa: S311 - invented people, no secret
    customers = invite(crowd, now)
    purchases = invent(shelf, crowd, customers, now)
    orders = Ledger(shelf).write(purchases, now)
    write_papers()
    goods = Goods(shelf, crowd.chance)
    leave_events(goods, crowd, orders)
    leave_carts(goods, crowd, customers, now)
