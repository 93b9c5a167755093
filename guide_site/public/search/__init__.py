"""Search: the database finds candidates, this package ranks and shows them.

words, thesaurus, query                     pure: a typed text as terms to look for
documents, triggers                         the texts that are searched, which triggers write
dialects, sqlite, postgresql, upkeep        the index on each database
candidates, ranking, vocabulary, finding    from terms to ranked results
highlights, facets, nearest, views          the page
"""
