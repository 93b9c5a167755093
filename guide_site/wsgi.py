"""The WSGI application, for gunicorn: `gunicorn guide_site.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guide_site.settings")
application = get_wsgi_application()
