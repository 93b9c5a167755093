"""A section edited as Markdown: what was typed becomes the changes that were made."""
