"""For developers: nothing leaves the machine. What would have been sent stands in the office under Texts."""

import logging

from customers.texts.segments import segments_of

logger = logging.getLogger(__name__)


class Log:
    """Says that there was a text, neither to whom nor what: logs hold no personal data."""

    def send(self, to: str, words: str, key: str) -> str:
        logger.info("A text for %s, of %d part(s), stays here.", key, segments_of(words))
        return "log"

    def found(self, to: str, words: str, key: str) -> str:
        return ""
