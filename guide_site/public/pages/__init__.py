"""Reading pages: home, guide, sections, tags, people, and what search engines ask for."""
