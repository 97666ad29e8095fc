"""The people folder: a rep's own records in a file that only grows, and the team's from the files of the others."""
