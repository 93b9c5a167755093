"""What the database itself refuses, and what entries and sections say of themselves."""

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from entries.models import GAP, Entry, Figure, Guide, LegendTag, Picture, Section, SectionAlias
from guide_site.core import history
from tests import factories

pytestmark = pytest.mark.django_db

NOW = timezone.now()
BROKEN = [
    ("legend_tag_has_a_slug", LegendTag, {"slug": ""}),
    ("legend_tag_has_a_sign", LegendTag, {"sign": ""}),
    ("legend_tag_has_a_label", LegendTag, {"label": ""}),
    ("legend_tag_retires_with_a_reason", LegendTag, {"retired_at": NOW}),
    ("legend_tag_retires_with_a_reason", LegendTag, {"retired_because": "Unused."}),
    ("section_has_a_title", Section, {"title": ""}),
    ("section_has_a_slug", Section, {"slug": ""}),
    ("section_is_not_its_own_parent", Section, {"parent_id": models.F("id")}),
    ("section_kind_is_known", Section, {"kind": "poem"}),
    ("section_retires_with_a_reason", Section, {"retired_at": NOW}),
    ("section_retires_with_a_reason", Section, {"retired_because": "Outdated."}),
    ("section_alias_has_a_slug", SectionAlias, {"slug": ""}),
    ("guide_is_one", Guide, {"id": 2}),
    ("guide_direction_is_known", Guide, {"direction": "up"}),
    ("picture_has_a_digest", Picture, {"digest": ""}),
    ("picture_kind_is_known", Picture, {"kind": "html"}),
    ("picture_has_a_size", Picture, {"width": 0}),
    ("figure_has_a_name", Figure, {"name": ""}),
    ("entry_has_a_body", Entry, {"body": ""}),
    ("entry_is_not_its_own_parent", Entry, {"parent_id": models.F("id")}),
    ("entry_retires_with_a_reason", Entry, {"retired_at": NOW}),
    ("entry_retires_with_a_reason", Entry, {"retired_because": "Outdated."}),
    ("entry_kind_is_known", Entry, {"kind": "poem"}),
    ("entry_joined_into_another_is_retired", Entry, {"joined_into_id": models.F("id")}),
]


def alias(section, slug):
    with history.revision(by=None, comment="test"):
        made = SectionAlias(section=section, slug=slug)
        made.save()
    return made


@pytest.fixture
def guide():
    """One row of each model."""
    entry = factories.entry()
    alias(entry.section, "old-name")
    factories.legend_tag()
    factories.figure()


@pytest.mark.parametrize(("name", "model", "fields"), BROKEN)
def test_the_database_refuses(guide, name, model, fields):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        models.QuerySet(model).update(**fields)


def test_every_check_of_the_models_is_tried_above():
    checks = {
        constraint.name
        for model in apps.get_app_config("entries").get_models()
        for constraint in model._meta.constraints
    }
    assert checks == {name for name, _, _ in BROKEN}


@pytest.mark.parametrize(
    ("model", "twins"),
    [
        (LegendTag, [{"slug": "tip", "sign": "🔹"}, {"slug": "tip", "sign": "🔸"}]),
        (LegendTag, [{"slug": "tip", "sign": "🔹"}, {"slug": "hint", "sign": "🔹"}]),
        (Section, [{"slug": "s3", "title": "S3"}, {"slug": "s3", "title": "Another"}]),
    ],
)
def test_no_two_rows_share_an_address_or_a_sign(model, twins):
    rows = [model(**fields, **({"label": "L"} if model is LegendTag else {})) for fields in twins]
    with pytest.raises(IntegrityError, match=r"(?i)unique"), transaction.atomic():
        models.QuerySet(model).bulk_create(rows)


def test_no_two_sections_share_an_old_address():
    alias(factories.section(), "old-name")
    with pytest.raises(IntegrityError, match=r"(?i)unique"):
        alias(factories.section(), "old-name")


def test_the_database_refuses_an_entry_without_a_section():
    factories.entry()
    with pytest.raises(IntegrityError), transaction.atomic():
        models.QuerySet(Entry).update(section_id=None)


@pytest.mark.parametrize("what", ["section of an entry", "section above", "entry above"])
def test_nothing_that_holds_others_is_deleted(what):
    entry = factories.entry()
    factories.section(parent=entry.section)
    above = {
        "section of an entry": entry.section,
        "section above": Section.objects.get(children__isnull=False),
        "entry above": factories.entry(section=entry.section, parent=entry).parent,
    }[what]
    with pytest.raises(models.ProtectedError), history.revision(by=None, comment="test"):
        above.delete()


def test_positions_order_the_rows_and_age_breaks_a_tie():
    section = factories.section()
    late, first, second = (factories.entry(letter, section=section) for letter in "cab")
    for entry, position in ((late, 3 * GAP), (first, GAP), (second, GAP)):
        models.QuerySet(Entry).filter(pk=entry.pk).update(position=position)
    assert [entry.body for entry in section.entries.all()] == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("Use roles.", "Use roles."),
        ("**Roles:** They beat keys.", "Roles"),
        ("[**Roles**](https://example.org): They beat keys.", "Roles"),
        ("S3: short heads are no lead.", "S3: short heads are no lead."),
        ("`aws s3 sync` copies\nwhat changed", "aws s3 sync copies what changed"),
        ("| a | b |\n|---|---|\n| c | d |", "a b c d"),
        ("<!-- todo -->", "<!-- todo -->"),
        ("word " * 40, "word " * 14 + "word…"),
        ("x" * 500, "x" * 79 + "…"),
        (f"{'Ten words, ' * 8}: no lead.", "Ten words, " * 6 + "Ten words,…"),
    ],
)
def test_its_opening_words_name_an_entry(body, words):
    assert Entry(body=body).opening_words == words


def test_objects_speak_of_themselves():
    entry = factories.entry("**Roles:** They beat keys.", section=factories.section("IAM"))
    assert str(entry) == "Roles"
    assert str(entry.section) == "IAM"
    assert str(factories.legend_tag(sign="❗", label="Gotcha")) == "❗ Gotcha"
    assert str(alias(entry.section, "iam-old")) == "iam-old"


def test_addresses_are_short_and_stable():
    entry = factories.entry(section=factories.section("Über IAM", slug="über-iam"))
    assert entry.get_absolute_url() == f"/entries/{entry.pk}/"
    assert entry.section.get_absolute_url() == "/sections/%C3%BCber-iam/"
    assert factories.legend_tag("lock-in", "⛓").get_absolute_url() == "/legend/lock-in/"


def test_live_entries_are_neither_retired_nor_kept_for_the_export():
    live = factories.entry("Live.")
    factories.retire(factories.entry("Retired."))
    factories.entry("Kept.", kind=Entry.Kind.KEPT)
    assert list(Entry.objects.live()) == [live]


def test_an_old_anchor_leads_to_the_section_of_today():
    section = factories.section("Costs")
    alias(section, "old-costs")
    entry = factories.entry("See [costs](#old-costs) and [none](#nowhere).")
    assert 'href="/sections/costs/"' in entry.body_html
    assert "This guide has no section “nowhere”." in entry.body_html


def test_html_follows_the_legend_once_it_is_rendered_again():
    tag = factories.legend_tag("lock-in", "⛓")
    entry = factories.entry("Mind ⛓ here.")
    with history.revision(by=None, comment="legend"):
        tag.label = "Bound"
        tag.save()
        assert Entry.objects.all().rerender() == 1
    entry.refresh_from_db()
    assert 'title="Bound"' in entry.body_html
