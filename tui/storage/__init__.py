"""Where records live: the store protocol, the journalled TinyDB store, and a store in memory."""
