"""Search: the database finds candidates, this package ranks and shows them.

words, thesaurus, query, ranking, highlights    pure: what was typed, how well a text matches it
documents, triggers, sqlite, postgresql, upkeep  the index, which the database itself keeps
candidates, facets, nearest, vocabulary          what is read from the database for one search
finding, views                                   the whole search, and its pages
"""
