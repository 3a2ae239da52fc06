"""The product's own settings, with what tests need changed: a data directory of their own, and nothing slow on purpose.

The database is SQLite in a file, never in memory (locks and BEGIN IMMEDIATE would go untested), or PostgreSQL where
DATABASE_URL names one. Each pytest-xdist worker is a process of its own and so has its own directory and database.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

# A worker ends without tidying up, so it works inside the directory of the process that started it.
_within = os.environ.get("GOLDENTHREAD_DATA") if "PYTEST_XDIST_WORKER" in os.environ else None
_data = Path(tempfile.mkdtemp(prefix="goldenthread-tests-", dir=_within))
atexit.register(shutil.rmtree, _data, ignore_errors=True)
for _name in [name for name in os.environ if name.startswith("GOLDENTHREAD_")]:
    del os.environ[_name]  # the developer's own settings must not decide what a test says
os.environ |= {"GOLDENTHREAD_DATA": str(_data), "GOLDENTHREAD_SECRET_KEY": "only-for-tests-" * 4}

from goldenthread.config.settings import *  # noqa: E402, F403
from goldenthread.config.settings import DATABASES, LOGGING, STORAGES  # noqa: E402

_database = DATABASES["default"]
if _database["ENGINE"].endswith("sqlite3"):
    _database["TEST"] = {"NAME": _data / "test.sqlite3"}
    # Durability has its own test; everywhere else waiting for the disk only costs time.
    _database["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"
else:
    # A test that ends leaves no connection open, or the test database could not be dropped.
    _database["CONN_MAX_AGE"] = 0

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
LOGGING = LOGGING | {"root": {"handlers": [], "level": "WARNING"}}  # pytest shows the log of a test that fails
