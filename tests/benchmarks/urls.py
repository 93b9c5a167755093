"""The addresses of the site, and views that do nothing but send bytes: what Django itself costs.

The bytes lie in files of the benchmark's folder and are read when the server starts.
"""

import time

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, HttpResponseNotModified
from django.urls import path

from guide_site.urls import urlpatterns as pages

_BYTES = {file.name: file.read_bytes() for file in (settings.BENCH_FOLDER / "bare").iterdir()}


@login_not_required
def bare(request, name):
    """The same bytes as a page of the site, through the same middleware."""
    response = HttpResponse(_BYTES[name])
    if name.endswith(".gz"):
        response["Content-Encoding"] = "gzip"
    return response


@login_not_required
def unchanged(request):
    """An answer without bytes."""
    return HttpResponseNotModified()


@login_not_required
def cpu(request):
    """Seconds of CPU time that this worker has used so far, all threads together."""
    return HttpResponse(repr(time.process_time()), content_type="text/plain")


urlpatterns = [
    path("bare/unchanged", unchanged),
    path("bare/<str:name>", bare),
    path("bare-cpu/", cpu),
    *pages,
]
