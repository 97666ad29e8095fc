"""What the rep is doing now. No screen here: tests, command line, simulation and screens drive the same object."""
