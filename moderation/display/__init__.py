"""How changes look on a page: every kind of change, field by field, word by word."""

from moderation.changes.wording import Names, added_by
from moderation.display.change import ShownChange, preview, show, show_change
from moderation.display.facts import facts_of

__all__ = ["Names", "ShownChange", "added_by", "facts_of", "preview", "show", "show_change"]
