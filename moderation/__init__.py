"""How a proposal becomes the guide: proposed, reviewed, approved, merged."""
