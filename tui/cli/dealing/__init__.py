"""`powerhour split`: a list is dealt out to reps."""
