"""Published questions of a product with their answers, shop first."""

from django.db.models import Prefetch, QuerySet

from marketing.models import Answer, Question, State

PER_PAGE = 10
#: So many stand on the product page itself, answered ones only.
FIRST = 3


def find(product_id: int, words: str = "") -> QuerySet[Question]:
    """What is shown, newest first, narrowed to what holds every one of the words; two queries."""
    rows = Question.objects.filter(product=product_id, state=State.PUBLISHED)
    for word in words.casefold().split()[:8]:
        rows = rows.filter(words__contains=word)
    shown = Answer.objects.filter(state=State.PUBLISHED)
    return rows.prefetch_related(Prefetch("answers", shown, to_attr="shown_answers")).order_by("-published_at", "-pk")


def first_of(product_id: int) -> list[Question]:
    """The newest answered questions, each with `shown_answers`; one query."""
    answers = Answer.objects.filter(
        state=State.PUBLISHED, question__product=product_id, question__state=State.PUBLISHED
    ).select_related("question")
    found: dict[int, Question] = {}
    newest = answers.order_by("-question__published_at", "-question_id", "-by_staff", "pk")
    for answer in newest[: FIRST * 4]:
        question = found.setdefault(answer.question_id, answer.question)
        if not hasattr(question, "shown_answers"):
            question.shown_answers = []
        question.shown_answers.append(answer)
    return list(found.values())[:FIRST]
