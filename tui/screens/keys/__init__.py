"""Keys beside the commands of a screen: those of other keyboards, and all of them in a list."""
