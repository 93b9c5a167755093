"""What a page costs once it is cached, beside a bare Django view that sends the same bytes."""

import gzip
import statistics
from typing import NamedTuple

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.test import Client

from services.models import Service

AIM = 1.5  # times a bare view
ROUNDS = 7
CPU_PER_ROUND = 0.1  # seconds, about
_GZIP = {"Accept-Encoding": "gzip"}


class Row(NamedTuple):
    """One kind of request, the bare one to compare it with, and the ratio to aim at."""

    name: str
    address: str
    headers: dict
    bare: str
    aim: float | None = None
    status: int = 200


class Cost(NamedTuple):
    """Seconds of CPU time for a request and for the bare one, and their ratio: medians."""

    row: Row
    page: float
    bare: float
    ratio: float
    size: int


def largest_service_page():
    """Name and address of the service whose page is the largest."""
    services = Service.objects.exclude(section=None)
    return max(services, key=lambda service: len(_read(service.get_absolute_url())))


def rows(service):
    """The requests to measure. Their bytes are left where the bare views find them."""
    page = service.get_absolute_url()
    static = staticfiles_storage.url("css/site.css")
    _leave("section", _read(page))
    _leave("guide", _read("/guide/"))
    _leave("static", (settings.STATIC_ROOT / static.removeprefix("/static/")).read_bytes())
    return [
        Row(f"page of {service.name}", page, {}, "section", AIM),
        Row(f"page of {service.name}, gzip", page, _GZIP, "section.gz", AIM),
        Row("whole guide", "/guide/", {}, "guide", AIM),
        Row("whole guide, gzip", "/guide/", _GZIP, "guide.gz", AIM),
        Row("whole guide, 304", "/guide/", _seen("/guide/"), "unchanged", status=304),
        Row("stylesheet", static, {}, "static"),
        Row("stylesheet, gzip", static, _GZIP, "static.gz"),
    ]


def measure(server, rows):
    """The Cost of every row; rounds interleave them, so that a busy moment touches all alike."""
    times = {row.name: _times(server, row) for row in rows}
    found = {row.name: [] for row in rows}
    for _ in range(ROUNDS):
        for row in rows:
            pair = [
                server.cpu_per_request(address, row.headers, row.status, times[row.name])
                for address in (row.address, f"/bare/{row.bare}")
            ]
            found[row.name].append(pair)
    return [_cost(row, found[row.name], _size(server, row)) for row in rows]


def _times(server, row):
    once = server.cpu_per_request(row.address, row.headers, row.status, 10)
    return max(10, min(400, round(CPU_PER_ROUND / once)))


def _cost(row, pairs, size):
    page, bare = (statistics.median(column) for column in zip(*pairs, strict=True))
    return Cost(row, page, bare, statistics.median(page / bare for page, bare in pairs), size)


def _size(server, row):
    """Bytes of the answer, after a look whether the bare one sends as many."""
    sizes = [
        len(server.get(address, row.headers, row.status)[1])
        for address in (row.address, f"/bare/{row.bare}")
    ]
    if abs(sizes[0] - sizes[1]) > 0.02 * sizes[0]:  # compressors differ a little
        raise RuntimeError(f"{row.name}: {sizes[0]} bytes, but {sizes[1]} bare ones")
    return sizes[0]


def _response(address):
    return Client(headers={"host": "127.0.0.1"}).get(address)


def _read(address):
    return _response(address).content


def _seen(address):
    """Headers of a browser that has the page already."""
    return {"If-None-Match": _response(address)["ETag"]}


def _leave(name, content):
    folder = settings.BENCH_FOLDER / "bare"
    (folder / name).write_bytes(content)
    (folder / f"{name}.gz").write_bytes(gzip.compress(content, compresslevel=6))
