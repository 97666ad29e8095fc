"""The checker of call scripts: rules, problems, cures, repairs."""
