"""Why a card payment does not go on."""

from orders import providers

# What was asked for may have been done or not; the same call later gives the same, once.
PaymentUnavailable = providers.Unavailable


class NotPayable(PaymentUnavailable):
    """The order does not wait for a card payment: it is paid, cancelled, or its time is over."""
