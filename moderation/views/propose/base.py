"""What every editor does: show what was typed, keep it as a draft, say what else is going on."""

from contextlib import suppress

from entries.models import Section
from guide_site.core.addresses import whole_number
from moderation import actions
from moderation.changes import kinds, references
from moderation.changes.fields import content
from moderation.models import Change, Operation, Proposal
from moderation.states import Status

NOTHING_CHANGED = "Nothing is changed yet: the text and the tags are what they were."


def save(request, form, changes, fixes=None):
    """Keep the changes as a draft; a refusal becomes an error of the form, which keeps its text.

    fixes   the FixesForm beside the form, if it has one
    """
    data = form.cleaned_data
    try:
        proposal = actions.save_draft(
            by=request.user,
            form_key=data["form_key"],
            texts=form.texts,
            changes=changes,
            into=data.get("into"),
            builds_on=data.get("builds_on"),
            fixes=fixes and fixes.chosen,
        )
    except actions.Refused as refusal:
        form.add_error(None, str(refusal))
        return None
    forget(request)
    return proposal


def forget(request):
    """What was typed on this page is kept for good: it need not be remembered as unfinished."""
    actions.forget_typing(by=request.user, place=request.path)


def built_on(request, entry):
    """What a form starts with if `?on=` names a proposal of somebody to go on from."""
    on = Proposal.objects.public().filter(pk=whole_number(request.GET.get("on"))).first()
    words = words_of(on, entry)
    return words | {"builds_on": on.pk} if words else {}


def words_of(proposal, entry):
    """The text and tags that a proposal gives to an entry, as it would be merged now; or {}."""
    edits = Change.objects.filter(proposal=proposal, entry=entry, operation=Operation.EDIT)
    change = edits.select_related("entry", "proposal").first()
    if proposal is None or change is None or "body" not in change.proposed:
        return {}
    words = content(change.proposed)
    if entry.is_live and proposal.status != Status.MERGED:
        with suppress(references.Gone):  # it moves the entry to a place that is gone
            merged = kinds.merged(change)
            words |= {} if merged.conflicts else {name: merged.values[name] for name in words}
    return words


def own_change_of(request, entry):
    """The change of `entry` in the proposal that `?into=` names, if it is the member's own."""
    into = whole_number(request.GET.get("into"))
    own = Proposal.objects.amendable_by(request.user)
    return into and Change.objects.filter(proposal__in=own, proposal=into, entry=entry).first()


def chosen_section(request):
    """The section that was chosen to move an entry to, or None."""
    if number := request.POST.get("to"):
        return Section.objects.shown().filter(pk=whole_number(number)).first()
    slug = request.GET.get("to", "").replace("\0", "")  # PostgreSQL compares no NUL character
    return Section.objects.shown().filter(slug=slug).first()
