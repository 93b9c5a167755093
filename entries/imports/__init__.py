"""A parsed file becomes the guide: matched with its rows, then only differences written."""
