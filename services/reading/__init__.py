"""Rows of the catalogue as a page needs them: matrix, releases, timeline, completeness."""
