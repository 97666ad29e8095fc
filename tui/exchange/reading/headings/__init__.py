"""What each column of a file holds."""
