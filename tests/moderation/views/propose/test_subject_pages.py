"""The pages that propose changes of sections, services, cells and the legend, and moves."""

import pytest
from django.urls import reverse

from entries.models import Entry, LegendTag, Section
from guide_site.core import history
from moderation.models import Change, Proposal
from services.models import Offering, Service
from tests import factories
from tests.moderation.helpers import approve, fields, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(as_user, contributor):
    return as_user(contributor)


@pytest.fixture
def send(member):
    """Open a page, fill its form, send it; returns the response."""

    def fill(page, /, *args, query="", **typed):
        url = reverse(page, args=args) + query
        return member.post(url, fields(member.get(url)) | typed)

    return fill


def only_change():
    return Change.objects.get()


def merge():
    """Publish the draft as it was typed."""
    proposal = Proposal.objects.get()
    before = history.generation()
    proposal.status, proposal.opened_at = "open", proposal.created_at
    proposal.save()
    approve(proposal)
    assert history.generation() > before


def test_an_entry_moves_behind_another_of_another_section(send):
    entry, target = factories.entry("Moving."), factories.entry("Target.")
    to = f"?to={target.section.slug}"
    assert send("entry-move", entry.pk, query=to, place=f"after-{target.pk}").status_code == 302
    stood = {"section": entry.section_id, "parent": None, "after": "first", "position": 1024}
    assert only_change().base == stood
    merge()
    assert [e.body for e in target.section.entries.all()] == ["Target.", "Moving."]


@pytest.mark.parametrize(("place", "order"), [("first", ["B", "A"]), ("under", ["A", "B"])])
def test_an_entry_moves_within_its_section(send, place, order):
    section = factories.section()
    first = factories.entry("A", section=section)
    entry = factories.entry("B", section=section)
    place = f"under-{first.pk}" if place == "under" else place
    send("entry-move", entry.pk, place=place)
    merge()
    assert [e.body for e in section.entries.order_by("position")][: len(order)]
    assert Entry.objects.get(pk=entry.pk).parent == (first if place.startswith("under") else None)


@pytest.mark.parametrize("place", ["", "after"])
def test_a_row_does_not_move_to_where_it_stands(send, place):
    first = factories.entry("A")
    last = factories.entry("B", section=first.section)
    answer = send("entry-move", last.pk, place=place and f"after-{first.pk}")
    assert "It stands there already: choose another place." in words(answer)
    one, other = factories.section("One"), factories.section("Other")
    answer = send("section-move", other.slug, place=f"after-{one.pk}")
    assert "It stands there already" in words(answer)


def test_an_entry_is_not_offered_a_place_in_itself(member, entry):
    child = factories.entry("Nested.", section=entry.section, parent=entry)
    page = member.get(reverse("entry-move", args=[entry.pk])).content.decode()
    assert f"after-{entry.pk}" not in page
    assert f"under-{child.pk}" not in page


def test_a_section_is_renamed(send):
    section = factories.section("Storage")
    send("section-change", "storage", heading="Keeping data", kind="cost")
    merge()
    section.refresh_from_db()
    assert (section.title, section.kind, section.slug) == ("Keeping data", "cost", "storage")


def test_what_is_unchanged_is_not_kept(send):
    factories.section("Storage")
    response = send("section-change", "storage")
    assert "Nothing is changed yet" in words(response)
    assert not Proposal.objects.exists()


@pytest.mark.parametrize("relation", ["after", "first", "under"])
def test_a_section_moves(send, relation):
    above = factories.section("Above")
    there = factories.section("There", parent=above)
    section = factories.section("Storage")
    target = there if relation == "after" else above
    send("section-move", "storage", place=f"{relation}-{target.pk}")
    merge()
    titles = [row.title for row in above.children.all()]
    assert titles == (["Storage", "There"] if relation == "first" else ["There", "Storage"])
    assert Section.objects.get(pk=section.pk).parent == above


def test_a_section_is_not_offered_a_place_below_itself(member):
    section = factories.section("Storage")
    child = factories.section("Child", parent=section)
    page = member.get(reverse("section-move", args=["storage"])).content.decode()
    assert f'-{child.pk}"' not in page


@pytest.mark.parametrize("slug", ["storage", None])
def test_a_section_is_added(send, slug):
    above = factories.section("Storage") if slug else None
    name, args = ("section-add", [slug]) if slug else ("top-section-add", [])
    send(name, *args, query="?title=Tape&kind=basics")
    merge()
    made = Section.objects.get(title="Tape")
    assert (made.parent, made.kind) == (above, "basics")


def test_a_main_section_goes_below_the_title_of_the_guide(client, send):
    title = factories.section("The guide")
    factories.section("Storage", parent=title)
    assert reverse("top-section-add") in client.get(reverse("guide")).content.decode()
    send("top-section-add", query="?title=Tape")
    merge()
    assert Section.objects.get(title="Tape").parent == title


def test_a_section_retires_and_comes_back(send):
    section = factories.section("Storage")
    send("section-retire", "storage", reason="Empty.")
    merge()
    section.refresh_from_db()
    assert section.retired_because == "Empty."
    Proposal.objects.update(title="Retired")
    send("section-restore", "storage")
    change = Change.objects.get(operation="restore")
    assert change.section == section


def test_facts_of_a_service_are_edited(send):
    service = factories.service("S3", slug="s3")
    send("service-edit", "s3", summary="Keeps objects.", released="2006-03")
    merge()
    service.refresh_from_db()
    assert (service.summary, service.released.year) == ("Keeps objects.", 2006)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"released": "March"}, "Write the year, or year and month"),
        ({"name": ""}, "This field is required"),
        ({"homepage_url": "no address"}, "Enter a valid URL"),
    ],
)
def test_what_cannot_be_comes_back_with_a_sentence_and_what_was_typed(send, typed, sentence):
    factories.service("S3", slug="s3")
    response = send("service-edit", "s3", **{"summary": "Typed words."} | typed)
    assert sentence in words(response)
    assert "Typed words." in response.content.decode()
    assert not Proposal.objects.exists()


def test_a_service_is_added(send):
    provider = factories.provider("AWS")
    send("service-add", name="EBS", provider=provider.slug, released="2008")
    merge()
    assert Service.objects.get(name="EBS").get_absolute_url() == "/services/ebs/"


def test_a_cell_is_edited_and_emptied(send):
    cell = factories.offering("SQS")
    send("offering-edit", cell.pk, note="weak", uncertain="on")
    merge()
    cell.refresh_from_db()
    assert (cell.note, cell.uncertain) == ("weak", True)
    Change.objects.all().delete()
    Proposal.objects.filter(status="merged").update(title="Done")
    send("offering-remove", cell.pk)
    assert Change.objects.get(offering=cell).operation == "retire"


def test_a_cell_takes_one_more_but_not_the_same_again(send):
    cell = factories.offering("SQS")
    place = [cell.capability_id, cell.provider.slug]
    assert "holds “SQS” already" in words(send("offering-add", *place, name="SQS"))
    send("offering-add", *place, name="SNS")
    merge()
    assert set(Offering.objects.values_list("name", flat=True)) == {"SQS", "SNS"}


def test_a_row_is_added_with_its_first_cell(send):
    provider = factories.provider("AWS")
    send("capability-add", row="Queue", provider=provider.slug, name="SQS")
    merge()
    assert Offering.objects.get().capability.name == "Queue"


def test_a_legend_tag_is_edited_added_and_retired(send):
    factories.legend_tag("gotcha", "❗")
    assert "has this sign already" in words(send("legend-tag-add", sign="❗", label="Risk"))
    send("legend-tag-add", sign="🐢", label="Slow")
    merge()
    assert LegendTag.objects.get(sign="🐢").slug == "slow"
    Proposal.objects.update(title="Done")
    send("legend-tag-edit", "slow", meaning="Takes time.")
    assert Change.objects.get(operation="edit").proposed["meaning"] == "Takes time."
    send("legend-tag-retire", "slow", reason="Vague.")
    assert Change.objects.get(operation="retire").proposed == {"retired_because": "Vague."}


@pytest.mark.parametrize(
    ("name", "typed"),
    [("service-edit", {"summary": "Later."}), ("section-change", {"heading": "Later."})],
)
def test_the_author_amends_it_with_the_same_form(member, send, name, typed):
    factories.service("S3", slug="s3", section=factories.section("s3"))
    first = dict.fromkeys(typed, "First.")
    send(name, "s3", **first)
    proposal = Proposal.objects.get()
    url = reverse("proposal-amend", args=[proposal.pk])
    page = fields(member.get(url))
    assert page.items() >= first.items()
    member.post(url, page | typed)
    assert "Later." in only_change().proposed.values()


def test_the_form_outlives_a_lost_session(client, contributor):
    factories.service("S3", slug="s3")
    client.force_login(contributor)
    form = fields(client.get("/services/s3/edit/")) | {"summary": "Typed words."}
    client.logout()
    client.post("/services/s3/edit/", form)
    client.force_login(contributor)
    assert "Typed words." in client.get("/services/s3/edit/").content.decode()


@pytest.mark.parametrize("to", ["nowhere", "\u0661", "\0", "9" * 5000])
def test_a_section_to_move_to_that_is_none_is_ignored(member, entry, to):
    url = reverse("entry-move", args=[entry.pk])
    assert member.get(url, {"to": to}).status_code == 200
    assert member.post(url, {"to": to, "title": "Move"}).status_code == 200


@pytest.mark.parametrize(
    ("page", "make", "others"),
    [
        ("section-change", factories.section, ["section-move", "section-retire"]),
        ("legend-tag-edit", factories.legend_tag, ["legend-tag-move", "legend-tag-retire"]),
        ("offering-edit", factories.offering, ["offering-remove"]),
    ],
)
def test_the_page_of_an_edit_leads_to_the_other_operations(member, page, make, others):
    row = make()
    key = row.pk if page == "offering-edit" else row.slug
    html = member.get(reverse(page, args=[key])).content.decode()
    links = [f'<a href="{reverse(other, args=[key])}">' for other in others]
    assert [link for link in links if link not in html] == []
