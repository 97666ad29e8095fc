"""The language of the screens: who translates a sentence, and how days, times and numbers are written."""
