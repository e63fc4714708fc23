import pytest

from tests.customers.smtp_server import SmtpServer


@pytest.fixture
def smtp(settings):
    """A mail server of our own, and the shop set to use it."""
    with SmtpServer() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        settings.EMAIL_TIMEOUT = 3
        yield server
