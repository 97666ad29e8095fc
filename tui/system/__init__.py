"""What the program does with its machine: files that may not answer, other programs, git, the terminal, crashes."""
