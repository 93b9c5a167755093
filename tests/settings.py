"""The site's settings for the test suite: nothing has to be set to run it."""

import os

os.environ.setdefault("GUIDE_DEBUG", "on")
os.environ.setdefault("GUIDE_RATE_LIMITS", "off")

from guide_site.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Static files come from where they lie: nothing has to be collected before a test.
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True
