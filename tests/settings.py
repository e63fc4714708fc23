"""The shop's own settings, for tests: production rules, a throw-away data folder, fast passwords."""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("SECRET_KEY", "tests-only-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJ")
os.environ.setdefault("ALLOWED_HOSTS", "testserver,localhost,127.0.0.1")
os.environ.setdefault("SITE_URL", "http://localhost")
# Each xdist worker writes into a folder of its own.
os.environ["VAR_DIR"] = str(
    Path(os.environ.get("TEST_VAR_DIR") or tempfile.mkdtemp(prefix="vitrina-tests-"))
    / os.environ.get("PYTEST_XDIST_WORKER", "main")
)
if os.environ.get("REDIS_URL"):
    # One database of Redis for each of them too: clearing the cache empties it.
    number = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
    os.environ["REDIS_URL"] = f"{os.environ['REDIS_URL'].rsplit('/', 1)[0]}/{number}"
os.environ.setdefault("STRIPE_SECRET_KEY", "sk_test_stand_in")
os.environ.setdefault("STRIPE_WEBHOOK_SECRET", "whsec_stand_in")

from config.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# Tasks run where they are called; a real worker is started by the tests that are about one.
CELERY_TASK_ALWAYS_EAGER = True
