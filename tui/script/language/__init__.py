"""What trainers can write in a script: its keys, short forms, conditions, variables, languages and dates."""
