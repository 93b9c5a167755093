"""Pages where a proposal is typed, one module for each subject."""
