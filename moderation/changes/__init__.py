"""What a change is: its fields, how it merges with the guide, is published and undone."""
