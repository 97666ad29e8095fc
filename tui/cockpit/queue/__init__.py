"""Who is next, who is not, and why."""
