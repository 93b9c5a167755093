"""Notifications by email: what they say, when they go out, and how to unsubscribe."""
