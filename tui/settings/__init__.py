"""config.yaml: its keys, the layers they come from, and the settings that are in force."""
