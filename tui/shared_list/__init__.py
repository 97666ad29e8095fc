"""The team's list on a server, beside each rep's own store: who may call whom, the newest version of each record."""
