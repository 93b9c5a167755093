"""The site's settings for the test suite: nothing has to be set to run it."""

import os

os.environ.setdefault("GUIDE_DEBUG", "on")
os.environ.setdefault("GUIDE_RATE_LIMITS", "off")

from guide_site.settings import *  # noqa: F403
from tests import unknown_names

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Static files come from where they lie: nothing has to be collected before a test.
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True
# Tests throw their database away: nothing need wait for the disk. And no test is judged by
# the clock: of fifty requests at once, the last may wait long for a connection or for the lock.
_options = DATABASES["default"].setdefault("OPTIONS", {})  # noqa: F405
if "pool" in _options:
    _options["options"] += " -c synchronous_commit=off -c lock_timeout=120000"
    _options["pool"]["timeout"] = 120
else:
    _options["timeout"] = 120
    _options["init_command"] = _options["init_command"].replace("=FULL", "=OFF")
# A template of ours that reads an unknown name fails the test.
TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = unknown_names.RaisesIfUnknown()  # noqa: F405
