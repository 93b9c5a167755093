"""Pictures from outside: decoded, checked and written again. Pure: no database, no settings."""
