"""What is found, and in which order."""

import pytest

from entries.reading.tag_choice import TagChoice
from tests import factories
from tests.public.search.looking import found, places

pytestmark = pytest.mark.django_db


@pytest.fixture
def guide():
    """Ten bullets about other things, so that words tell something."""
    section = factories.section("Notes")
    for number in range(10):
        factories.entry(f"Filler number {number} about nothing.", section=section)
    return section


def add(section, *bodies, **fields):
    for body in bodies:
        factories.entry(body, section=section, **fields)


@pytest.mark.parametrize(
    ("query", "body"),
    [
        ("buckets", "A bucket has one name."),
        ("encrypting disks", "Encryption of a disk costs nothing."),
        ("us-east-1", "Only in us-east-1."),
        ("d2.xlarge", "The d2.xlarge has many disks."),
        ("s3:GetObject", "Grant `s3:GetObject` alone."),
        ("cafe", "The café closes."),
        ("café", "The cafe closes."),
        ("don't panic", "Don’t panic."),
        ("“dont”", "We dont know."),
        ("multipart", "A multi-part upload about parts multipart."),
        ("multi-part", "A multipart upload."),
        ("lambd", "Lambda runs code."),
        ("docs.example.org", "See [this](https://docs.example.org/path)."),
        ("pathology", "See [this](https://docs.example.org/pathology.html)."),
        ("cheap storage", "Low cost storage is slow."),
    ],
)
def test_a_text_is_found_by(guide, query, body):
    add(guide, body)
    assert found(query)[:1] == [body]


def test_a_quoted_phrase_finds_only_texts_that_have_it(guide):
    add(guide, "Reserved instances are cheap.", "Instances can be reserved.")
    assert found("“reserved instances”") == ["Reserved instances are cheap."]
    assert len(found("reserved instances")) == 2


def test_the_entry_that_has_most_of_a_question_is_first(guide):
    add(guide, "Snapshots are kept.", "Restoring from snapshots is slow.", "Slow disks.")
    assert found("why is restoring snapshots so slow?")[0] == "Restoring from snapshots is slow."


def test_words_close_together_count_more(guide):
    far = "Queues grow; whatever else may be said of them and of that, one sees a timeout."
    add(guide, far, "The queue timeout matters, whatever else may be said of them and of that all.")
    assert found("queue timeout")[-1] == far


def test_a_bold_lead_weighs_more(guide):
    add(guide, "Some text on backups here.", "**Backups:** some text here.")
    assert found("backups")[0].startswith("**Backups")


def test_the_section_is_part_of_what_an_entry_is_found_by(guide):
    glacier = factories.section("Glacier", parent=guide)
    add(glacier, "Retrieval takes hours.")
    add(guide, "Retrieval is quick.")
    assert found("glacier retrieval")[0] == "Retrieval takes hours."


def test_the_text_above_is_part_of_what_an_entry_is_found_by(guide):
    above = factories.entry("Volumes:", section=guide)
    factories.entry("Resize them.", section=guide, parent=above)
    assert "Resize them." in found("volumes resize")


def test_a_legend_tag_finds_what_carries_it(guide):
    factories.legend_tag("gotcha", "❗", label="Gotcha")
    factories.entry("Beware of this one.", section=guide, tags=["gotcha"])
    factories.entry("No one here.", section=guide)
    assert found("❗") == found("gotcha") == ["Beware of this one."]


def test_an_abbreviation_and_a_full_name_find_each_other(guide):
    factories.service("ELB", full_name="Elastic Load Balancing")
    add(guide, "An ELB needs warming.", "Elastic Load Balancing has quotas.")
    assert len(found("elb")) == len(found("Elastic Load Balancing")) == 2


def test_services_and_sections_are_found_by_name(guide):
    factories.service("SQS", slug="sqs", full_name="Simple Queue Service", summary="Queues.")
    factories.section("Queues in general", slug="queues")
    assert places("simple queue service")[0] == ("service", "sqs")
    assert ("section", "queues") in places("queues")


def test_a_service_is_found_by_its_summary_if_that_has_all_that_was_asked(guide):
    factories.service("Polly", slug="polly", summary="Text read aloud.")
    factories.section("Aloud and quiet", slug="aloud")
    assert places("read text") == [("service", "polly")]
    assert ("service", "polly") not in places("quiet read")


def test_the_service_of_the_very_name_is_the_first(guide):
    factories.service("Glacier", slug="glacier", full_name="S3 Glacier of S3")
    factories.service("S3", slug="s3", full_name="Simple Storage Service")
    assert places("s3")[0] == ("service", "s3")


def test_a_service_stands_for_its_own_section(guide):
    factories.service("SQS", slug="sqs", section=factories.section("SQS", parent=guide))
    assert places("sqs") == [("service", "sqs")]


def test_what_is_only_proposed_is_not_found(guide):
    entry = factories.entry("Published words.", section=guide)
    factories.proposal(entry, "Proposed xylophone.")
    factories.addition(guide, "Another xylophone.")
    assert found("xylophone") == []


def test_retired_entries_are_not_found(guide):
    entry = factories.entry("An old xylophone.", section=guide)
    assert found("xylophone")
    factories.retire(entry)
    assert found("xylophone") == []


def test_filters_go_together(guide):
    factories.legend_tag("gotcha", "❗")
    factories.legend_tag("cost", "💸")
    tips = factories.section("Disk tips", parent=guide, kind="tips")
    service = factories.service("EBS", slug="ebs", section=tips)
    factories.entry("Disk one.", section=tips, tags=["gotcha", "cost"])
    factories.entry("Disk two.", section=tips, tags=["gotcha"])
    add(guide, "Disk three.")
    assert len(found("disk")) == 3
    assert found("disk", choice=TagChoice(("gotcha", "cost"))) == ["Disk one."]
    assert set(found("disk", service=service.slug)) == {"Disk one.", "Disk two."}
    assert set(found("disk", kind="tips", choice=TagChoice(("gotcha",)))) == {
        "Disk one.",
        "Disk two.",
    }
    assert found("disk", kind="gotchas") == []
