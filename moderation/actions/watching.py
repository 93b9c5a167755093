"""What members follow. It is their own affair: no event, no log."""

from moderation.models import Watch


def watch(target, *, by):
    """`by` wants to hear of all that happens to an entry, section, service or legend tag."""
    return Watch.objects.get_or_create(user=by, **{kind_of(target): target})[0]


def unwatch(target, *, by):
    """`by` no longer wants to hear of it."""
    Watch.objects.filter(user=by, **{kind_of(target): target}).delete()


def kind_of(target):
    """The name of the thing's kind among `Watch.TARGETS`."""
    return next(kind for kind in Watch.TARGETS if isinstance(target, model_of(kind)))


def model_of(kind):
    """The model of a kind among `Watch.TARGETS`."""
    return Watch._meta.get_field(kind).related_model
