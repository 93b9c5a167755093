"""How often each page asks the database: exactly, and the same however much there is."""

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.public import grown

pytestmark = pytest.mark.django_db

FIRST_VISIT = {
    "home": 7,
    "search": 7,
    "search, nothing found": 5,
    "search-suggest": 4,
    "guide": 5,
    "section": 5,
    "section-history": 11,
    "section-compare": 13,
    "services": 7,
    "services found": 7,
    "service": 7,
    "matrix": 5,
    "matrix-csv": 4,
    "matrix-json": 4,
    "releases": 4,
    "releases-csv": 3,
    "releases-json": 3,
    "completeness": 5,
    "legend": 3,
    "legend-tag": 7,
    "tagged": 7,
    "tagged, nothing chosen": 5,
    "guide with tags": 5,
    "section with tags": 5,
    "service with tags": 7,
    "entry": 5,
    "nested entry": 5,
    "entry-history": 7,
    "entry-compare": 8,
    "changes": 8,
    "revision": 12,
    "person": 8,
    "proposals": 7,
    "proposal": 16,
    "guide-feed": 8,
    "section-feed": 7,
    "service-feed": 7,
    "legend-tag-feed": 6,
    "sitemap": 5,
    "robots": 1,
    "opensearch": 2,
    "llms": 3,
    "moderation-health": 7,
    "reports": 6,
    "report": 6,
    "entry-reports": 4,
    "api ": 2,
    "api openapi.json": 2,
    "api entries/?tag=gotcha&service=s3": 6,
    "api sections/?below=basics": 5,
    "api sections/basics/": 5,
    "api tags/": 3,
    "api services/?tag=gotcha&group=g0": 6,
    "api services/s3/": 6,
    "api providers/": 3,
    "api releases/": 3,
    "api matrix/?q=s3": 4,
    "api revisions/?tag=gotcha": 5,
    "api revisions/?section=basics": 6,
    "api revision": 2,
    "guide-markdown": 6,
    "guide-epub": 7,
    "guide-html": 7,
    "section-markdown": 6,
    "service-markdown": 6,
    "entry-markdown": 5,
}
NOT_CACHED = {"person": 8}  # accounts change without a revision
OF_A_LEAD = {  # four more than a visitor's: the session, the account, the roles, unread notices
    "/guide/": 8,
    "/services/": 10,
    "/matrix/": 8,
    "/releases/": 7,
    "/completeness/": 8,
    "/changes/": 11,
    "/proposals/": 10,
    "/proposals/mine/": 7,
    "/review/": 17,
}
FEW, MANY = 1, 8


@pytest.fixture(scope="module", params=[FEW, MANY])
def addresses(request, module_db):
    """The pages of a guide with few, then of one with many of everything."""
    with transaction.atomic():
        yield grown.addresses(request.param)
        transaction.set_rollback(True)


def count(client, address, **options):
    """Number of queries of one visit, which must succeed."""
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address, **options)
    assert answer.status_code in (200, 304), address
    return len(queries)


def test_a_first_visit_takes_so_many_queries_and_the_next_one_only_one(client, addresses):
    first, repeated, unchanged = {}, {}, {}
    for kind, address in addresses.items():
        cache.clear()
        first[kind] = count(client, address)
        repeated[kind] = count(client, address)
        if kind not in NOT_CACHED:
            etag = client.get(address)["ETag"]
            cache.clear()
            unchanged[kind] = count(client, address, headers={"if-none-match": etag})
    assert first == FIRST_VISIT
    assert repeated == dict.fromkeys(FIRST_VISIT, 1) | NOT_CACHED
    assert unchanged == dict.fromkeys(FIRST_VISIT.keys() - NOT_CACHED.keys(), 1)


def test_a_members_page_takes_no_more_queries_in_a_large_guide(as_user, lead, addresses):
    client = as_user(lead)
    client.get("/review/")  # which proposals merge is found once
    found = {address: count(client, address) for address in OF_A_LEAD}
    assert found == OF_A_LEAD
