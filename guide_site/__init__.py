"""The site: its ground (`core`), settings and addresses, and the pages for visitors (`public`)."""
