"""What changed and when: history pages, comparisons, revisions and feeds."""
