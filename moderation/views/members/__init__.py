"""Pages for members: inbox, watching, email, and who looks after a section."""
