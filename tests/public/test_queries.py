"""How often each page asks the database: exactly, and the same however much there is."""

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tests.public import grown

pytestmark = pytest.mark.django_db

FIRST_VISIT = {
    "home": 6,
    "search": 6,
    "search, nothing found": 4,
    "search-suggest": 4,
    "guide": 4,
    "section": 4,
    "section-history": 10,
    "section-compare": 12,
    "services": 6,
    "services found": 6,
    "service": 6,
    "matrix": 4,
    "matrix-csv": 4,
    "matrix-json": 4,
    "releases": 3,
    "releases-csv": 3,
    "releases-json": 3,
    "completeness": 4,
    "legend": 2,
    "legend-tag": 6,
    "tagged": 6,
    "tagged, nothing chosen": 4,
    "guide with tags": 4,
    "section with tags": 4,
    "service with tags": 6,
    "entry": 4,
    "nested entry": 4,
    "entry-history": 6,
    "entry-compare": 7,
    "changes": 7,
    "revision": 11,
    "person": 7,
    "proposals": 6,
    "proposal": 15,
    "guide-feed": 6,
    "section-feed": 6,
    "service-feed": 6,
    "legend-tag-feed": 5,
    "sitemap": 5,
    "robots": 1,
    "opensearch": 1,
    "llms": 2,
    "moderation-health": 6,
    "reports": 5,
    "report": 5,
    "entry-reports": 3,
    "api ": 1,
    "api openapi.json": 1,
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
    "guide-markdown": 5,
    "guide-epub": 6,
    "guide-html": 6,
    "section-markdown": 6,
    "service-markdown": 6,
    "entry-markdown": 5,
}
NOT_CACHED = {"person": 7}  # accounts change without a revision
OF_A_LEAD = {  # four more than a visitor's: the session, the account, the roles, unread notices
    "/guide/": 7,
    "/services/": 9,
    "/matrix/": 7,
    "/releases/": 6,
    "/completeness/": 7,
    "/changes/": 10,
    "/proposals/": 9,
    "/proposals/mine/": 6,
    "/review/": 16,
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
