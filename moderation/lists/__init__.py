"""Read models of the pages of moderation: queue, filters, figures."""
