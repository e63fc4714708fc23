"""Run the stand-in by hand, beside a running shop."""

import argparse
import signal
import threading

from .page import DELIVERIES
from .stand_in import StripeStandIn


def main() -> None:
    """Serve until Ctrl-C or SIGTERM."""
    parser = argparse.ArgumentParser(prog="python -m tests.stand_ins.stripe", description=__doc__)
    parser.add_argument("--port", type=int, default=12111)
    parser.add_argument("--webhook-url", help="where signed events are posted")
    parser.add_argument("--webhook-secret", default="whsec_stand_in")
    parser.add_argument("--secret-key", default="sk_test_stand_in")
    parser.add_argument("--delivery", choices=DELIVERIES, default="before")
    options = vars(parser.parse_args())
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    with StripeStandIn(verbose=True, **options) as stand_in:
        print(f"STRIPE_API_BASE={stand_in.url}")
        print(f"STRIPE_SECRET_KEY={stand_in.secret_key}")
        print(f"STRIPE_WEBHOOK_SECRET={stand_in.webhook_secret}", flush=True)
        stop.wait()
    print("Stopped.")


if __name__ == "__main__":
    main()
