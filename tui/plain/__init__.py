"""The cockpit without a screen: lines in, lines out, for screen readers and terminals that draw nothing."""
