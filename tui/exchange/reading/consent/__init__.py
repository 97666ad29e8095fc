"""Who must not be called, as a file says it: in a heading, in a cell, in a note."""
