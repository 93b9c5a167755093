"""The JSON API of a guide in which nothing has been published yet."""

import pytest

from guide_site.public.api.endpoints import ENDPOINTS

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("endpoint", ENDPOINTS, ids=lambda endpoint: endpoint.name)
def test_a_list_is_empty(client, endpoint):
    data = client.get(f"/api/{endpoint.name}/").json()
    assert (data["count"], data["results"]) == (0, [])
