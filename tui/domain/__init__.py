"""What is true about calling: pure rules and records. Standard library only; time is passed in."""
