"""Search: the database finds candidates, this package ranks and shows them.

folding, words, thesaurus, query            pure: a typed text as terms to look for
documents, triggers                         the texts that are searched, which triggers write
dialects, sqlite, postgresql, upkeep        the index on each database
candidates, ranking, vocabulary             from terms to ranked results
spelling, finding                           words that nobody wrote, and search as a whole
highlights, facets, views                   the page
"""
