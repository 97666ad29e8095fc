"""The only mutable things: what is going on, and what the store kept of it."""
