"""The two tables of a guide's file, from and to the catalogue."""
