"""Script files: read, extended, chosen for a person, edited in place."""
