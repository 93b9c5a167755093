"""Rows of the guide arranged as a page needs them."""
