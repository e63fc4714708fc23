"""Letters about reviews and questions, in the language in which they were written. Each goes out once."""

from django.urls import reverse
from django.utils import translation

from catalog.words import say, words_of
from customers import consent, mail
from customers.letters import absolute
from customers.models import Mail
from marketing.models import Answer, Question, Review


def tell_replied(review: Review) -> Mail | None:
    """The shop answered: here is what it says, and where."""
    link = _on_page(review, "reviews", f"#review-{review.pk}") if review.is_published else ""
    facts = {"reply": review.reply, "link": link}
    return _write(f"review-replied:{review.pk}", review, "voices/replied", facts)


def tell_rejected(review: Review) -> Mail | None:
    """It is not shown, why, and what its author can do."""
    key = f"review-rejected:{review.pk}:{review.changed_at:%Y%m%d%H%M%S}"
    with translation.override(review.language):
        grounds = review.get_grounds_display()
    return _write(key, review, "voices/rejected", {"grounds": grounds})


def _on_page(thing, view: str, anchor: str) -> str:
    with translation.override(thing.language):
        return absolute(reverse(view, args=[thing.product.slug])) + anchor


def _write(key: str, thing, template: str, facts: dict) -> Mail | None:
    """None when the address is barred."""
    if not thing.email or not consent.may_answer(thing.email, thing.changed_at):
        return None
    name = say(words_of(thing.product, "name"), thing.language)
    return mail.write(key, thing.email, thing.language, template, {"name": thing.name, "product": name, **facts})


def tell_answered(question: Question, answer: Answer) -> Mail | None:
    """Somebody answered: what he says, and where it stands."""
    link = _on_page(question, "questions", f"#question-{question.pk}")
    facts = {"question": question.text, "answer": answer.text, "by_staff": answer.by_staff, "link": link}
    return _write(f"question-answered:{answer.pk}", question, "voices/answered", facts)
