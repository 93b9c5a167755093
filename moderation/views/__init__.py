"""Pages of moderation. A view loads, calls one action and redirects."""
