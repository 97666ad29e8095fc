"""`powerhour scripts`: check, see, compare, write, measure."""
