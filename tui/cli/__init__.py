"""The command line: what can be asked, and which part answers. One file a command or a kin of commands."""
