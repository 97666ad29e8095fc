"""Times that people type, in five languages."""
