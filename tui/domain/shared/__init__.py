"""What several reps share: merge and stamps, who is one person, who is forgotten, who is on the team, who gets whom."""
