"""How often each page asks the database: exactly, and the same however much there is."""

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.public import grown

pytestmark = pytest.mark.django_db

FIRST_VISIT = {
    "home": 8,
    "search": 8,
    "search, nothing found": 6,
    "search-suggest": 4,
    "guide": 6,
    "section": 6,
    "section-history": 12,
    "section-compare": 14,
    "services": 8,
    "services found": 8,
    "service": 8,
    "matrix": 6,
    "matrix-csv": 5,
    "matrix-json": 5,
    "releases": 5,
    "releases-csv": 4,
    "releases-json": 4,
    "completeness": 6,
    "legend": 4,
    "legend-tag": 8,
    "tagged": 8,
    "tagged, nothing chosen": 6,
    "guide with tags": 6,
    "section with tags": 6,
    "service with tags": 8,
    "entry": 6,
    "nested entry": 6,
    "entry-history": 8,
    "entry-compare": 9,
    "changes": 9,
    "revision": 13,
    "person": 9,
    "proposals": 8,
    "proposal": 17,
    "guide-feed": 8,
    "section-feed": 7,
    "service-feed": 7,
    "legend-tag-feed": 6,
    "sitemap": 6,
    "robots": 1,
    "opensearch": 3,
    "llms": 4,
    "moderation-health": 8,
    "reports": 7,
    "report": 7,
    "entry-reports": 5,
    "api ": 3,
    "api openapi.json": 2,
    "api entries/?tag=gotcha&service=s3": 6,
    "api sections/?below=basics": 5,
    "api sections/basics/": 5,
    "api tags/": 3,
    "api services/?tag=gotcha&group=g0": 7,
    "api services/s3/": 7,
    "api providers/": 4,
    "api releases/": 4,
    "api matrix/?q=s3": 5,
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
NOT_CACHED = {"person": 9}  # accounts change without a revision
OF_A_LEAD = {  # four more than a visitor's: the session, the account, the roles, unread notices
    "/guide/": 9,
    "/services/": 11,
    "/matrix/": 9,
    "/releases/": 8,
    "/completeness/": 9,
    "/changes/": 12,
    "/proposals/": 11,
    "/proposals/mine/": 8,
    "/review/": 18,
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
