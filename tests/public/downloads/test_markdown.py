"""Pages as Markdown."""

import datetime

import pytest
from django.core.management import call_command

from entries.imports import importing
from entries.markdown import reader
from entries.models import Entry, Section
from guide_site.core import history
from services.models import Availability, Capability, Offering, ServiceGroup
from tests import factories

pytestmark = pytest.mark.django_db

GUIDE = """# The guide

- [Storage](#storage)
- [S3](#s3)
- [Costs](#costs)

## Storage

- \U0001f539 **Top** of the list, see [the docs][d].
  - Below it
    and on.

      - Far below.
- Last.

[Back to top](#the-guide)

### S3 ❗

1. One.
2. Two.

## Costs

Money.

[d]: http://docs.example.org/
"""


@pytest.fixture
def guide():
    """The guide above, imported."""
    factories.legend_tag("gotcha", "❗")
    factories.legend_tag("tip", "\U0001f539")
    import_guide(GUIDE)


def import_guide(text):
    with history.revision(by=None, comment="import"):
        importing.import_guide(reader.parse(text, signs=["❗", "\U0001f539"]))


def entry(start):
    return Entry.objects.get(body__startswith=start)


def add(body, **fields):
    factories.entry(body, section=Section.objects.get(slug="storage"), **fields)


def test_the_whole_guide_is_what_the_command_writes(client, guide, tmp_path):
    add("Added on the site.")
    call_command("export_guide", out=tmp_path / "guide.md")
    assert client.get("/guide.md").content == (tmp_path / "guide.md").read_bytes()
    assert b"[Back to top]" in client.get("/guide.md").content


def test_the_whole_guide_comes_out_byte_for_byte(client):
    text = "\ufeff" + GUIDE.replace("\n", "\r\n")
    import_guide(text)
    assert client.get("/guide.md").content == text.encode()


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("/guide.md", '"the-guide.md"'),
        ("/sections/storage.md", '"storage.md"'),
        ("/entries/{}.md", '"entry-{}.md"'),
    ],
)
def test_it_is_shown_as_text_and_has_a_name_for_those_who_save_it(client, guide, address, name):
    pk = entry("Last.").pk
    answer = client.get(address.format(pk))
    assert answer["Content-Type"] == "text/markdown; charset=utf-8"
    assert answer["Content-Disposition"] == f"inline; filename={name.format(pk)}"


def test_a_section_comes_with_all_below_it_and_the_definitions_it_needs(client, guide):
    assert client.get("/sections/storage.md").text == (
        "## Storage\n\n"
        "- \U0001f539 **Top** of the list, see [the docs][d].\n"
        "  - Below it\n    and on.\n\n      - Far below.\n"
        "- Last.\n\n"
        "### S3 ❗\n\n"
        "1. One.\n2. Two.\n\n"
        "[d]: <http://docs.example.org/>\n"
    )


def test_a_section_leaves_out_what_the_site_hides(client, guide):
    factories.retire(entry("Last."))
    text = client.get("/sections/the-guide.md").text
    assert "Money." in text
    assert not [said for said in ("Last.", "[Storage]", "Back to top") if said in text]


def test_a_section_does_not_repeat_definitions_that_it_holds(client, guide):
    assert client.get("/sections/the-guide.md").text.count("[d]: ") == 1


def test_a_hand_made_contents_is_no_page(client):
    import_guide("# Contents\n\n- [A](#a)\n- [B](#b)\n- [C](#c)\n\n# A\n\n# B\n\n# C\n")
    assert client.get("/sections/contents.md").status_code == 404
    assert client.get("/sections/a.md").text == "# A\n\n"


def test_what_was_added_on_the_site_takes_the_form_of_its_neighbours(client, guide):
    add("New.", parent=entry("**Top**"), after=entry("Below it"))
    assert "\n  - New.\n" in client.get("/sections/storage.md").text


def test_an_old_address_of_a_section_redirects_for_ever(client):
    import_guide("# A\n\n## Tips\n\n- One.\n\n# B\n\n## Tips\n\n- Two.\n")
    answer = client.get("/sections/tips-1.md")
    assert (answer.status_code, answer["Location"]) == (301, "/sections/b-tips.md")


@pytest.mark.parametrize("address", ["/sections/no.md", "/services/no.md", "/entries/1234567.md"])
def test_what_is_not_there_is_not_found(client, address):
    assert client.get(address).status_code == 404


def test_a_section_with_a_name_in_another_script(client):
    factories.entry("Да.", section=factories.section("Хранилище", slug="хранилище"))
    answer = client.get("/sections/хранилище.md")
    assert answer.text == "# Хранилище\n\n- Да.\n"
    assert answer["Content-Disposition"].startswith("inline; filename*=utf-8''%D1%85")


def test_an_entry_comes_with_what_is_nested_in_it_from_the_margin(client, guide):
    text = client.get(f"/entries/{entry('Below it').pk}.md").text
    assert text == "- Below it\n  and on.\n\n    - Far below.\n"


def test_an_entry_comes_with_its_signs_and_definitions(client, guide):
    text = client.get(f"/entries/{entry('**Top**').pk}.md").text
    assert text.startswith("- \U0001f539 **Top** of the list")
    assert text.endswith("Far below.\n\n[d]: <http://docs.example.org/>\n")


def test_a_numbered_step_keeps_its_number(client, guide):
    assert client.get(f"/entries/{entry('Two.').pk}.md").text == "2. Two.\n"


def test_an_entry_that_was_written_on_the_site(client):
    factories.legend_tag()
    made = factories.entry("One.\n\nTwo.", tags=["gotcha"])
    assert client.get(f"/entries/{made.pk}.md").text == "- ❗ One.\n\n  Two.\n"


def test_an_entry_leaves_out_what_is_retired_below_it(client, guide):
    factories.retire(entry("Far below."))
    assert "Far" not in client.get(f"/entries/{entry('Below it').pk}.md").text


@pytest.mark.parametrize("start", ["Last.", "[Back to top]"])
def test_a_retired_or_kept_entry_is_not_found(client, guide, start):
    if entry(start).kind != "kept":
        factories.retire(entry(start))
    assert client.get(f"/entries/{entry(start).pk}.md").status_code == 404


def test_a_service_is_its_section(client, guide):
    factories.service("S3", slug="s3", section=Section.objects.get(slug="s3"))
    assert client.get("/services/s3.md").text == "### S3 ❗\n\n1. One.\n2. Two.\n\n"
    assert client.get("/sections/s3.md")["Location"] == "/services/s3.md"


def test_a_service_without_a_section_is_its_facts(client):
    tag = factories.legend_tag()
    with history.revision(by=None, comment="factory"):
        group = ServiceGroup(name="Managed *services*", slug="managed")
        group.save()
    service = factories.service(
        "SQS",
        slug="sqs",
        full_name="Simple Queue Service",
        summary="Queues, since_2004.",
        group=group,
        released=datetime.date(2004, 11, 1),
        released_precision="month",
        availability=Availability.OBSOLETE,
        availability_uncertain=True,
        note="Old.",
        docs_url="https://docs.example.org/",
    )
    other = factories.service("Pub/Sub").provider
    with history.revision(by=None, comment="factory"):
        service.tags.set([tag])
        row = Capability(name="Queue")
        row.save()
        Offering(capability=row, provider=service.provider, name="SQS", service=service).save()
        Offering(capability=row, provider=other, name="Pub/Sub", uncertain=True).save()
    assert client.get("/services/sqs.md").text == (
        "# ❗ SQS\n\n**Simple Queue Service.** Queues, since\\_2004.\n\n"
        "- Group: Managed \\*services\\*\n- First release: November 2004\n"
        "- Availability: Obsolete (uncertain)\n- Note: Old.\n"
        f"- Queue elsewhere: Pub/Sub? ({other})\n"
        "- [Documentation](<https://docs.example.org/>)\n"
    )


def test_a_service_of_which_nothing_is_known(client):
    factories.service("SQS", slug="sqs")
    assert client.get("/services/sqs.md").text == "# SQS\n\n- Availability: Generally available\n"


@pytest.mark.parametrize("address", ["/guide.md", "/sections/storage.md", "/services/s3.md"])
def test_no_page_costs_more_than_seven_queries(
    client, guide, django_assert_max_num_queries, address
):
    factories.service("S3", slug="s3", section=Section.objects.get(slug="s3"))
    with django_assert_max_num_queries(7):
        assert client.get(address).status_code == 200


def test_an_entry_with_references_costs_six_queries(client, guide, django_assert_num_queries):
    address = f"/entries/{entry('**Top**').pk}.md"
    with django_assert_num_queries(6):
        client.get(address)
