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
