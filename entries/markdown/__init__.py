"""The guide as a Markdown file: read into plain objects, and written back byte for byte."""
