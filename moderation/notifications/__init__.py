"""Who is notified of what, and how: the inbox and email."""
