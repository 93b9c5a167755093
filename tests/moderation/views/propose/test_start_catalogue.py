"""The first service and the first row of the matrix, where there is no provider yet."""

import pytest

from moderation.models import Proposal
from services.models import Offering, Provider, Service
from tests import factories
from tests.moderation.helpers import approve, fields, words

pytestmark = pytest.mark.django_db

SERVICE = {"name": "Volumes", "new_provider": "Hetzner", "title": "Add volumes"}
ROW = SERVICE | {"row": "Block storage"}


def send(client, address, typed):
    """Send the form at an address with what is typed into it, and the proposal it makes."""
    form = fields(client.get(address))
    answer = client.post(address, form | typed, follow=True)
    for made in Proposal.objects.filter(status="draft"):
        client.post(f"/proposals/{made.pk}/send/")
    return answer


def test_a_service_brings_its_provider(as_user, contributor):
    send(as_user(contributor), "/add/service/", SERVICE)
    made = Proposal.objects.get()
    assert not Provider.objects.exists()
    assert "Hetzner" in words(as_user(contributor).get(f"/proposals/{made.pk}/"))
    assert approve(made).is_merged
    service = Service.objects.get()
    assert (service.name, service.provider.name, service.group) == ("Volumes", "Hetzner", None)
    assert service.provider.slug == "hetzner"
    assert as_user(contributor).get(service.get_absolute_url()).status_code == 200


def test_a_row_of_the_matrix_brings_its_provider(as_user, contributor):
    send(as_user(contributor), "/add/matrix-row/", ROW)
    made = Proposal.objects.get()
    page = words(as_user(contributor).get(f"/proposals/{made.pk}/"))
    assert "Block storage" in page
    assert "Hetzner" in page
    assert approve(made).is_merged
    cell = Offering.objects.get()
    assert (cell.name, cell.capability.name) == ("Volumes", "Block storage")
    assert cell.provider.name == "Hetzner"


@pytest.mark.parametrize(
    ("address", "typed"), [("/add/service/", SERVICE), ("/add/matrix-row/", ROW)]
)
def test_it_wants_a_provider_of_the_list_or_a_new_one(as_user, contributor, address, typed):
    factories.provider("Scaleway")
    client = as_user(contributor)
    for wrong in ({"new_provider": " "}, {"provider": "scaleway"}):
        page = words(send(client, address, typed | wrong))
        assert "Choose a provider, or name a new one." in page
    assert not Proposal.objects.exists()
    send(client, address, typed | {"new_provider": "", "provider": "scaleway"})
    assert approve(Proposal.objects.get()).is_merged
    assert Provider.objects.count() == 1


def test_two_proposals_with_the_same_new_provider_make_one(as_user, contributor):
    client = as_user(contributor)
    send(client, "/add/service/", SERVICE)
    send(client, "/add/service/", SERVICE | {"name": "Boxes", "new_provider": "HETZNER"})
    for made in Proposal.objects.order_by("pk"):
        assert approve(made).is_merged
    assert [row.name for row in Provider.objects.all()] == ["Hetzner"]
    assert Service.objects.count() == 2


def test_a_service_that_came_meanwhile_is_not_added_twice(as_user, contributor):
    send(as_user(contributor), "/add/service/", SERVICE)
    factories.service("Volumes", provider=factories.provider("Hetzner"))
    assert not approve(Proposal.objects.get()).is_merged
    assert Service.objects.count() == 1


def test_its_author_can_name_another_new_provider(as_user, contributor):
    client = as_user(contributor)
    send(client, "/add/service/", SERVICE)
    made = Proposal.objects.get()
    change = made.changes.get()
    address = f"/proposals/{made.pk}/changes/{change.pk}/"
    page = client.get(address)
    assert fields(page)["new_provider"] == "Hetzner"
    client.post(address, fields(page) | {"new_provider": "Scaleway"})
    made.refresh_from_db()
    assert approve(made).is_merged
    assert Provider.objects.get().name == "Scaleway"
