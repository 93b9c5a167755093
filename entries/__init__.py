"""The guide: its sections, entries and legend, as rows and as a Markdown file."""
