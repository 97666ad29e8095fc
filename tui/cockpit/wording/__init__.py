"""The sentences the cockpit says, and nothing decided here."""
