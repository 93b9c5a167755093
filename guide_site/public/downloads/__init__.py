"""The guide to take along: any page as Markdown, the whole as EPUB and one HTML file."""
