"""What comes from colleagues: their accounts, the people folder, pairs who may be one person, the team's settings."""
