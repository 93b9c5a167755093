"""The only writers of the guide's rows. Callers hold `history.revision()`."""
