"""What visitors and programs read. May import every app; no app imports it."""
