"""Pages where reviewers work: the queue, decisions, conflicts, house style."""
