"""The form behind an outcome: its lines, read while they are typed, and made into records."""
