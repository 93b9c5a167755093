"""A proposal may turn out to be in the guide already. On the way back it counts as merged."""

import django.db.models.deletion
from django.db import migrations, models

OLD = [
    ("draft", "Draft"),
    ("open", "Open"),
    ("changes", "Changes requested"),
    ("merged", "Merged"),
    ("declined", "Declined"),
    ("withdrawn", "Withdrawn"),
]
NEW = [*OLD[:4], ("already", "Already in the guide"), *OLD[4:]]
CLOSED = ["already", "declined", "merged", "withdrawn"]
EVENTS = [
    ("opened", "sent it for review"),
    ("amended", "amended it"),
    ("approved", "approved it"),
    ("changes", "requested changes"),
    ("merged", "merged it"),
    ("already", "found it in the guide already"),
    ("conflict", "found a conflict"),
    ("declined", "declined it"),
    ("withdrawn", "withdrew it"),
    ("commented", "commented"),
    ("classed", "changed its class"),
    ("edited", "edited it as a reviewer"),
    ("split", "split it"),
    ("asked", "asked for a review"),
    ("reopened", "picked it up again"),
    ("spam", "declined it as spam"),
]


def count_as_merged(apps, schema_editor):
    """What was merged without an effect was “merged” before there was a name for it."""
    apps.get_model("moderation", "Proposal").objects.filter(status="already").update(
        status="merged"
    )
    events = apps.get_model("moderation", "Event").objects
    for name in ("old", "new"):
        events.filter(**{name: "already"}).update(**{name: "merged"})
    events.filter(what="already").update(what="merged")
    # PostgreSQL alters no table that has checks of foreign keys waiting for the end.
    schema_editor.connection.check_constraints()


def name_those_without_a_revision(apps, schema_editor):
    """The same for what was merged before: it left no revision."""
    proposals = apps.get_model("moderation", "Proposal").objects
    found = list(
        proposals.filter(status="merged", merge_note=None).values_list("pk", flat=True)
    )
    proposals.filter(pk__in=found).update(status="already")
    merges = apps.get_model("moderation", "Event").objects.filter(
        proposal__in=found, what="merged"
    )
    merges.update(what="already", new="already")


def is_known(field, values, name):
    return models.CheckConstraint(condition=models.Q(**{f"{field}__in": values}), name=name)


def constraints():
    """The constraints with the new values; the old ones have the same names."""
    values = [value for value, _ in NEW]
    q, closed = models.Q, CLOSED
    return [
        ("proposal", is_known("status", values, "proposal_status_is_known")),
        (
            "proposal",
            models.CheckConstraint(
                condition=q(status__in=closed, closed_at__isnull=False)
                | q(~q(status__in=closed), closed_at=None, closed_by=None),
                name="proposal_is_closed_or_going_on",
            ),
        ),
        (
            "event",
            models.CheckConstraint(
                condition=q(old__in=values, new__in=values), name="event_statuses_are_known"
            ),
        ),
        ("event", is_known("what", [value for value, _ in EVENTS], "event_is_known")),
    ]


def state_field(**options):
    return models.CharField(choices=NEW, max_length=10, **options)


class Migration(migrations.Migration):
    dependencies = [
        ("moderation", "0010_join"),
        ("reversion", "0002_add_index_on_version_for_content_type_and_db"),
    ]
    operations = [
        *[
            migrations.RemoveConstraint(model, constraint.name)
            for model, constraint in constraints()
        ],
        migrations.AlterField("proposal", "status", state_field(default="draft")),
        migrations.AlterField("event", "old", state_field()),
        migrations.AlterField("event", "new", state_field()),
        migrations.AlterField(
            "event", "what", models.CharField(choices=EVENTS, max_length=10)
        ),
        *[
            migrations.AddConstraint(model, constraint)
            for model, constraint in constraints()
        ],
        migrations.AddField(
            "proposal",
            "found_in",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="proposed_too",
                to="reversion.revision",
            ),
        ),
        migrations.RunPython(name_those_without_a_revision, count_as_merged),
    ]
