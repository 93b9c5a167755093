"""The read-only JSON API: from one table of endpoints come addresses, OpenAPI and help."""
