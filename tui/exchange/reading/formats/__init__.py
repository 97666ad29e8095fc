"""Files that are no text between separators. Each reader gives rows under headings, as a CSV would."""
