"""Notices by mail: what a letter says, when it goes out, and how one gets rid of it."""
