"""What one may look for among proposals, and what happens to nonsense."""

import datetime

import pytest
from django.utils import timezone

from moderation.models import Operation, Proposal
from moderation.states import PUBLIC
from tests import factories
from tests.moderation.helpers import in_state, words

pytestmark = pytest.mark.django_db
ALL, QUEUE = "/proposals/", "/review/"


def found(client, url=ALL, **query):
    """The titles that a filter finds."""
    return sorted(proposal.title for proposal in client.get(url, query).context["page"])


@pytest.fixture
def places():
    """Storage with S3 below it and Pricing below that; Compute beside them."""
    storage = factories.section("Storage")
    s3 = factories.section("S3", parent=storage)
    pricing = factories.section("Pricing", parent=s3)
    sections = {"storage": storage, "s3": s3, "pricing": pricing}
    sections["compute"] = factories.section("Compute")
    for name, section in sections.items():
        factories.proposal(factories.entry(section=section), title=name)
    return sections


@pytest.mark.parametrize(
    ("slug", "titles"),
    [
        ("storage", ["pricing", "s3", "storage"]),
        ("s3", ["pricing", "s3"]),
        ("pricing", ["pricing"]),
        ("compute", ["compute"]),
    ],
)
@pytest.mark.parametrize("url", [ALL, QUEUE])
def test_a_section_is_found_with_all_below_it(as_user, editor, places, url, slug, titles):
    assert found(as_user(editor), url, section=slug) == titles


def test_additions_are_found_by_the_section_they_are_for(client, places):
    factories.addition(places["pricing"])
    assert "Say it better" in found(client, section="s3")


def test_a_service_is_found_by_its_section_and_all_below(client, places):
    factories.service("S3", slug="s3-service", section=places["s3"])
    assert found(client, service="s3-service") == ["pricing", "s3"]


def test_a_service_without_a_section_is_not_offered(client, places):
    factories.service("Ghost", slug="ghost")
    assert "Ghost" not in words(client.get(ALL))
    assert found(client, service="ghost") == []


@pytest.mark.parametrize("name", ["contributor", "Contributor", "CONTRIBUTOR", " contributor "])
def test_an_author_is_found_whatever_the_case(client, contributor, name):
    factories.proposal(author=contributor, title="mine")
    factories.proposal(title="theirs")
    assert found(client, author=name) == ["mine"]


@pytest.mark.parametrize("name", ["contrib", "nobody", "%", "_", "contributor'--"])
def test_an_author_is_found_by_the_whole_name_only(client, contributor, name):
    factories.proposal(author=contributor)
    assert found(client, author=name) == []


@pytest.mark.parametrize("kind", ["edit", "add", "retire", "move"])
def test_a_kind_of_change_is_found(client, entry, kind):
    made = {
        "edit": factories.proposal(entry),
        "add": factories.addition(entry.section),
        "retire": factories.retirement(entry),
        "move": factories.changing(entry, Operation.MOVE, section=entry.section.pk),
    }
    for name, proposal in made.items():
        Proposal.objects.filter(pk=proposal.pk).update(title=name)
    assert found(client, kind=kind) == [kind]


@pytest.mark.parametrize(
    ("age", "titles"),
    [
        ("1", ["d200", "d31", "d8"]),
        ("7", ["d200", "d31", "d8"]),
        ("30", ["d200", "d31"]),
        ("180", ["d200"]),
    ],
)
def test_older_ones_are_found(client, age, titles):
    for days in (0, 8, 31, 200):
        opened = timezone.now() - datetime.timedelta(days=days)
        factories.proposal(title=f"d{days}", opened_at=opened)
    assert found(client, age=age) == titles


@pytest.mark.parametrize("status", PUBLIC)
def test_a_state_is_found(client, status):
    for other in PUBLIC:
        in_state(other, title=other, opened_at=timezone.now())
    assert found(client, status=status) == [status]


def test_filters_narrow_each_other(client, contributor, places):
    entry = factories.entry(section=places["s3"])
    factories.proposal(entry, author=contributor, title="both")
    factories.proposal(author=contributor, title="elsewhere")
    assert found(client, author="contributor", section="storage") == ["both"]


def test_a_proposal_of_several_changes_is_found_once(client, places):
    several = factories.addition(places["s3"])
    change = several.changes.get()
    change.pk, change.section = None, places["pricing"]
    change.save()
    assert found(client, section="storage").count("Say it better") == 1
    assert found(client, kind="add") == ["Say it better"]


NONSENSE = [
    ("section", "no-such-section"),
    ("service", "no-such-service"),
    ("kind", "burn"),
    ("age", "1000"),
    ("age", "-1"),
    ("status", "lost"),
    ("status", "draft"),
    ("author", "x" * 41),
    *((name, "' OR 1=1 --") for name in ("section", "service", "kind", "age", "status")),
]


@pytest.mark.parametrize(("name", "value"), NONSENSE)
def test_nonsense_finds_nothing_rather_than_everything_and_says_so(client, name, value):
    factories.proposal()
    response = client.get(ALL, {name: value})
    assert list(response.context["page"]) == []
    assert 'class="field__error"' in response.content.decode()


@pytest.mark.parametrize(
    ("name", "value"), [(name, value) for name, value in NONSENSE if name != "status"]
)
def test_nonsense_in_the_queue_finds_nothing_and_says_so(as_user, editor, name, value):
    factories.proposal()
    response = as_user(editor).get(QUEUE, {name: value})
    assert list(response.context["page"]) == []
    assert 'class="field__error"' in response.content.decode()


@pytest.mark.parametrize("name", ["section", "service", "kind", "age", "author"])
@pytest.mark.parametrize("url", [ALL, QUEUE])
def test_a_null_character_finds_nothing(as_user, editor, url, name):
    made = factories.proposal()
    response = as_user(editor).get(url, {name: "a\x00b"})
    assert response.status_code in (200, 404)
    assert made.title not in words(response)


@pytest.mark.parametrize("query", [{}, {"section": "", "kind": "", "author": "  "}])
def test_an_empty_filter_finds_everything(client, query):
    factories.proposal()
    assert found(client, **query) == ["Say it better"]


def test_the_form_shows_what_was_asked(client, places):
    page = client.get(ALL, {"section": "s3", "author": "“<b>”"}).content.decode()
    assert '<option value="s3" selected>S3</option>' in page
    assert 'value="“&lt;b&gt;”"' in page
