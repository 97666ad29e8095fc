"""What a rep does, one file a subject."""
