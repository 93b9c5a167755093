"""How changes look on a page: every kind of change, field by field, word by word."""

from moderation.display.change import ShownChange, preview, show, show_change

__all__ = ["ShownChange", "preview", "show", "show_change"]
