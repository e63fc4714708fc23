"""What buyers of the demonstration shop say: reviews with replies, questions with answers, people who wait."""

from collections import Counter
from datetime import datetime, timedelta
from random import Random

from django.conf import settings
from django.db.models import F

from catalog.models import Product
from customers.models import Customer
from marketing.models import Answer, Notice, Question, Review, State
from orders.models import OrderLine
from shop.demo.data import load
from shop.demo.goods import Shelf, is_sold_out
from shop.voices import shown_name

SEED = 28
#: Chance that a product whose buyers have words for it is reviewed; so many reviews wait to be read.
SHARE, WAITING = 0.8, 3
#: Each text stands below so many products at the most.
USES = 4


def let_speak(shelf: Shelf, now: datetime) -> None:
    """Reviews by people who bought, questions, and a row of people at what is sold out."""
    chance = Random(SEED)  # noqa: S311 - invented words, no secret
    families = load("voices")["families"].values()
    family_of = {slug: family for family in families for slug in family["categories"]}
    goods = []
    for slug, product in shelf.products.items():
        row = shelf.data[slug]
        product.stands_in, product.made_of = row["category"], row["attributes"].get("material", [""])[0]
        family = family_of.get(product.stands_in)
        if family and _suits(family, product):
            goods.append((product, family))
    _review(goods, chance, now)
    _ask(goods, chance, now)
    _wait(shelf, chance, now)


def _review(goods: list, chance: Random, now: datetime) -> None:
    buyers: dict[int, list[OrderLine]] = {}
    sold = OrderLine.objects.filter(order__fulfilment_status="fulfilled", order__payment_status="paid")
    old = sold.filter(order__placed_at__lt=now - timedelta(days=20), order__customer__isnull=False)
    for line in old.select_related("order__customer", "variant"):
        buyers.setdefault(line.variant.product_id, []).append(line)
    used, reviews = Counter(), []
    for product, family in goods:
        if chance.random() > SHARE or product.pk not in buyers:
            continue
        lines = {line.order.customer_id: line for line in buyers[product.pk]}
        for line in chance.sample(list(lines.values()), min(len(lines), chance.choice((1, 2, 3, 3, 4, 5, 6)))):
            fitting = [r for r in family["reviews"] if r["language"] == line.order.language and used[r["text"]] < USES]
            fitting = [r for r in fitting if (product.pk, r["text"]) not in used and _suits(r, product)]
            if fitting:
                words = chance.choice(fitting)
                used[words["text"]] += 1
                used[product.pk, words["text"]] += 1
                reviews.append(_one(product, line, words, chance, now))
    for review in chance.sample([review for review in reviews if not review.reply], WAITING):
        review.state, review.published_at = State.PENDING, None
        review.created_at = review.changed_at = now - timedelta(hours=chance.randint(2, 40))
    Review.objects.bulk_create(reviews)
    _count(reviews)


def _suits(words: dict, product: Product) -> bool:
    """Nobody praises the light of a candle below a lamp."""
    fits = product.stands_in in words.get("only", [product.stands_in])
    return fits and product.made_of in words.get("made_of", [product.made_of])


def _one(product: Product, line: OrderLine, words: dict, chance: Random, now: datetime) -> Review:
    order = line.order
    written = min(order.placed_at + timedelta(days=chance.randint(8, 40)), now - timedelta(days=2))
    shown = min(written + timedelta(hours=chance.randint(2, 30)), now - timedelta(days=1))
    reply = words.get("reply", "")
    return Review(
        product=product, customer=order.customer, order=order, email=order.email, rating=words["rating"],
        title=words["title"], text=words["text"], name=shown_name(order.customer.name), language=order.language,
        is_verified=True, state=State.PUBLISHED, created_at=written, changed_at=written, published_at=shown,
        helpful=chance.choice((0, 0, 0, 1, 1, 2, 4)), reply=reply, replied_at=shown if reply else None,
    )  # fmt: skip


def _count(reviews: list[Review]) -> None:
    """The figures on the products; the lists are prepared afterwards."""
    spreads: dict[int, list[int]] = {}
    for review in reviews:
        if review.state == State.PUBLISHED:
            spreads.setdefault(review.product_id, [0] * 5)[review.rating - 1] += 1
    products = Product.objects.in_bulk(spreads)
    for pk, spread in spreads.items():
        product = products[pk]
        product.rating_sum = sum(stars * number for stars, number in enumerate(spread, 1))
        product.rating_count, product.rating_spread, product.voices_revision = sum(spread), spread, 1
    Product.objects.bulk_update(
        products.values(), ["rating_sum", "rating_count", "rating_spread", "voices_revision"], batch_size=100
    )


def _ask(goods: list, chance: Random, now: datetime) -> None:
    """Each question of a family stands at one of its products; two wait for an answer."""
    people = list(Customer.objects.filter(is_staff=False).order_by("pk")[:60])
    staff = Customer.objects.filter(is_staff=True).order_by("pk").first()
    families = {id(family): family for _, family in goods}
    questions, answers = [], []
    for family in families.values():
        for words in family["questions"]:
            products = [product for product, own in goods if own is family and _suits(words, product)]
            asker, at = chance.choice(people), now - timedelta(days=chance.randint(4, 150))
            question = Question(
                product=chance.choice(products), customer=asker, email=asker.email, name=shown_name(asker.name),
                language=words["language"], text=words["text"], words=f"{words['text']} {words['answer']}".casefold(),
                state=State.PUBLISHED, created_at=at, changed_at=at, published_at=at + timedelta(hours=20),
            )  # fmt: skip
            questions.append(question)
            answers.append(
                Answer(
                    question=question,
                    customer=staff,
                    by_staff=True,
                    language=words["language"],
                    text=words["answer"],
                    state=State.PUBLISHED,
                    created_at=at,
                    changed_at=at,
                    published_at=question.published_at,
                )  # fmt: skip
            )
    for question, answer in list(zip(questions, answers, strict=True))[:2]:
        question.state, question.published_at = State.PENDING, None
        question.created_at = question.changed_at = now - timedelta(hours=chance.randint(1, 20))
        answers.remove(answer)
    Question.objects.bulk_create(questions)
    Answer.objects.bulk_create(answers)
    asked = {question.product_id for question in questions}
    Product.objects.filter(pk__in=asked).update(voices_revision=F("voices_revision") + 1)


def _wait(shelf: Shelf, chance: Random, now: datetime) -> None:
    """A row of people at each sold-out variant, and some who hope for a lower price."""
    people = list(Customer.objects.filter(is_staff=False).order_by("pk")[:200])
    gone = [v for v in shelf.variants if is_sold_out(shelf.data[v.product.slug], v.combination)]
    wishes = [(Notice.Kind.STOCK, variant, chance.choice((1, 2, 3, 5, 8, 12))) for variant in gone]
    wishes += [(Notice.Kind.PRICE, variant, 1) for variant in chance.sample(shelf.variants, 9)]
    notices = []
    for kind, variant, number in wishes:
        for person in chance.sample(people, number):
            at = now - timedelta(hours=chance.randint(3, 500))
            notices.append(
                Notice(
                    kind=kind,
                    variant=variant,
                    customer=person,
                    email=person.email,
                    language=person.language,
                    seen_price=variant.price,
                    market=settings.SHOP_CURRENCY,
                    status=Notice.Status.WAITING,
                    created_at=at,
                    confirmed_at=at,
                )  # fmt: skip
            )
    Notice.objects.bulk_create(notices)
