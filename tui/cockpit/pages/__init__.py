"""From the state to what a screen may draw: the queue, the call, a contact, the recap, the report."""
