"""What search engines read of reviews and questions: what the page shows, no more."""


def voices_data(voices: dict) -> dict:
    """The average with some reviews, as parts of a schema.org Product; nothing without ratings."""
    if not voices["rating"]["count"]:
        return {}
    return {
        "aggregateRating": {
            "@type": "AggregateRating",
            "ratingValue": str(voices["rating"]["average"]),
            "reviewCount": voices["rating"]["count"],
            "bestRating": 5,
            "worstRating": 1,
        },
        "review": [_review(review) for review in voices["reviews"]],
    }


def _review(review) -> dict:
    return {
        "@type": "Review",
        "author": {"@type": "Person", "name": review.name},
        "datePublished": f"{review.published_at:%Y-%m-%d}",
        "name": review.title or review.text[:60],
        "reviewBody": review.text,
        "inLanguage": review.language,
        "reviewRating": {"@type": "Rating", "ratingValue": review.rating, "bestRating": 5, "worstRating": 1},
    }


def questions_data(questions) -> dict:
    """The answered questions of a page as schema.org knows them; needs `shown_answers`."""
    answered = [question for question in questions if question.shown_answers]
    return {
        "@context": "https://schema.org",
        "@type": "FAQPage",
        "mainEntity": [
            {
                "@type": "Question",
                "name": question.text,
                "inLanguage": question.language,
                "acceptedAnswer": {"@type": "Answer", "text": question.shown_answers[0].text},
            }
            for question in answered
        ],
    }
