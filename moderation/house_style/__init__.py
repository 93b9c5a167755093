"""Advice on a text by small rules. Nothing here forbids anything."""
