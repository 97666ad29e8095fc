"""An import: the file that is read, its figures, and whom it refuses."""
