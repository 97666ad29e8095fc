"""The command line: `arguments.py` says what can be asked; the other files hold the commands, by subject."""
