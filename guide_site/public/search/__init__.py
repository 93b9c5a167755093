"""Search: the database finds candidates, this package ranks and shows them.

words, thesaurus, query, ranking, marks   pure: what was typed, how well a text answers it
schema, sqlite, postgresql, upkeep        the index, which the database itself keeps right
candidates, finding                       from a typed text to ranked results
"""
