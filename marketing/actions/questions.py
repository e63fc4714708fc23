"""Questions about a product: asked by anybody, shown once staff has read them, answered by staff or by buyers."""

from datetime import datetime, timedelta

from django.db import transaction

from catalog.actions import ratings
from catalog.models import Product
from customers import consent
from customers.models import Customer
from marketing import voice_letters
from marketing.actions.events import record
from marketing.models import Answer, Event, Grounds, Question, State


@transaction.atomic
def ask(
    product: Product, text: str, name: str, email: str, language: str, now: datetime, customer: Customer | None = None
) -> Question:
    """Write a question down; it waits to be read. The same one from the same person on the same day is one."""
    email = consent.normal(email)
    same = Question.objects.filter(product=product, email=email, text=text, created_at__gt=now - timedelta(days=1))
    if (before := same.first()) is not None:
        return before
    question = Question.objects.create(
        product=product, customer=customer, email=email, name=name, language=language, text=text,
        words=text.casefold(), created_at=now, changed_at=now,
    )  # fmt: skip
    record(Event.Type.ASKED, f"asked:{question.pk}", email=email, product=product, occurred_at=now)
    return question


@transaction.atomic
def publish(question: Question, now: datetime) -> bool:
    """Show a question; False when it is shown already."""
    rows = Question.objects.filter(pk=question.pk).exclude(state=State.PUBLISHED)
    if not rows.update(state=State.PUBLISHED, grounds="", published_at=now):
        return False
    ratings.words_changed(question.product_id)
    return True


@transaction.atomic
def reject(question: Question, grounds: str) -> bool:
    """Do not show a question, or no longer. Raises ValueError for grounds that are none."""
    if grounds not in Grounds.values:
        raise ValueError("A question is rejected for one of the known grounds.")
    rows = Question.objects.filter(pk=question.pk).exclude(state=State.REJECTED)
    if not rows.update(state=State.REJECTED, grounds=grounds, published_at=None):
        return False
    ratings.words_changed(question.product_id)
    return True


@transaction.atomic
def answer_as_shop(question: Question, text: str, now: datetime, staff: Customer) -> Answer:
    """The shop's one answer: shown at once, with its question, and sent to whoever asked. Typed again, it is mended."""
    question = Question.objects.select_for_update(of=("self",)).select_related("product").get(pk=question.pk)
    answer = Answer.objects.filter(question=question, by_staff=True).first()
    answer = answer or Answer(question=question, by_staff=True, created_at=now, published_at=now)
    answer.customer, answer.text, answer.language = staff, text, question.language
    answer.state, answer.changed_at = State.PUBLISHED, now
    answer.save()
    publish(question, now)
    _shown(question, answer)
    return answer


@transaction.atomic
def answer_as_buyer(question: Question, text: str, name: str, language: str, now: datetime, buyer: Customer) -> Answer:
    """What somebody who has it at home says; it waits to be read. One answer each, which may be changed."""
    fields = {"text": text, "name": name, "language": language, "state": State.PENDING, "grounds": ""}
    answer, _ = Answer.objects.update_or_create(
        question=question, customer=buyer, by_staff=False, defaults={**fields, "changed_at": now, "published_at": None}
    )
    _refresh(question)
    return answer


@transaction.atomic
def publish_answer(answer: Answer, now: datetime) -> bool:
    """Show a buyer's answer; False when it is shown already."""
    rows = Answer.objects.filter(pk=answer.pk).exclude(state=State.PUBLISHED)
    if not rows.update(state=State.PUBLISHED, grounds="", published_at=now):
        return False
    answer = Answer.objects.select_related("question__product").get(pk=answer.pk)
    _shown(answer.question, answer)
    return True


@transaction.atomic
def reject_answer(answer: Answer, grounds: str) -> bool:
    """Do not show an answer, or no longer. Raises ValueError for grounds that are none."""
    if grounds not in Grounds.values:
        raise ValueError("An answer is rejected for one of the known grounds.")
    rows = Answer.objects.filter(pk=answer.pk).exclude(state=State.REJECTED)
    if not rows.update(state=State.REJECTED, grounds=grounds, published_at=None):
        return False
    _refresh(answer.question)
    return True


def _shown(question: Question, answer: Answer) -> None:
    _refresh(question)
    voice_letters.tell_answered(question, answer)


def _refresh(question: Question) -> None:
    """What it is found by, and that the words of its product changed."""
    answers = Answer.objects.filter(question=question, state=State.PUBLISHED).values_list("text", flat=True)
    Question.objects.filter(pk=question.pk).update(words=" ".join([question.text, *answers]).casefold())
    ratings.words_changed(question.product_id)
