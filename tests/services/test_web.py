"""A whole web server that dies: master and workers at once, without a word."""

import http.client
import os
import signal
import socket
import subprocess
import sys
from datetime import timedelta
from threading import Thread

import pytest
from django.utils import timezone

from customers.models import Mail
from orders.actions import payments
from orders.models import Order, ProviderEvent
from orders.tokens import token_for
from tests.makers import make_counter, make_product, make_variant
from tests.orders.card import history, on_shelf, order_by_card
from tests.services.conftest import ROOT, environment_of, eventually


@pytest.fixture
def web(transactional_db, stripe, tmp_path):
    """A gunicorn of two workers on the test database, and its port; the stand-in tells it of payments."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    stripe.webhook_url = f"http://127.0.0.1:{port}/webhooks/stripe/"
    environment = environment_of(tmp_path) | {"STRIPE_API_BASE": stripe.url, "ALLOWED_HOSTS": "127.0.0.1"}
    environment |= {"STRIPE_SECRET_KEY": stripe.secret_key, "STRIPE_WEBHOOK_SECRET": stripe.webhook_secret}
    command = [sys.executable, "-m", "gunicorn", "config.wsgi", "--bind", f"127.0.0.1:{port}", "--workers", "2"]
    with (tmp_path / "web.log").open("wb") as log:
        server = subprocess.Popen(
            [*command, "--preload"], cwd=ROOT, env=environment, stdout=log, stderr=log, start_new_session=True
        )
    try:
        eventually(lambda: _listens(port))
        yield server, port
    finally:
        if server.poll() is None:
            os.killpg(server.pid, signal.SIGKILL)
        server.wait()


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def comes_back(port: int, order: Order, heard: list) -> None:
    """The buyer's browser, on its way from the card page."""
    browser = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        browser.request("GET", f"/orders/{token_for(order)}/paid/")
        heard.append(browser.getresponse().status)
    except (OSError, http.client.HTTPException) as broken:
        heard.append(broken)


@pytest.mark.services
def test_a_web_server_killed_between_payment_and_confirmation_loses_no_order(web, stripe):
    server, port = web
    make_counter()
    blanket = make_variant(make_product("Wool blanket"), stock=10)
    order, payment = order_by_card(blanket, now=timezone.now())
    stripe.pay(payment.session_id)
    # The news is taken and stored, and there is no worker; then the returning browser waits while Stripe is asked.
    stripe.deliver()
    stripe.fail_next("/v1/checkout/sessions/*", "timeout", times=9)
    heard = []
    browser = Thread(target=comes_back, args=(port, order, heard))
    browser.start()
    eventually(lambda: stripe.calls_to("GET", f"/v1/checkout/sessions/{payment.session_id}"))

    os.killpg(server.pid, signal.SIGKILL)

    browser.join(30)
    order.refresh_from_db()
    assert isinstance(heard[0], Exception) and server.wait(10) == -signal.SIGKILL
    assert (order.status, order.payment_status, stripe.captured()) == ("pending", "unpaid", order.total)
    stripe.desk.faults.waiting.clear()

    later = timezone.now() + timedelta(minutes=5)
    payments.process_events(later)
    payments.reconcile(later)

    order.refresh_from_db()
    assert (order.status, order.payment_status) == ("placed", "paid")
    assert history(order) == ["created", "placed", "paid"]
    assert on_shelf(blanket) == (10, 1)
    assert Mail.objects.filter(key=f"order-confirmation:{order.pk}").count() == 1
    assert set(ProviderEvent.objects.values_list("status", flat=True)) <= {"done", "ignored"}
