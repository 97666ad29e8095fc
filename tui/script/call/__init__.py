"""What a call needs of its script: the place in it, the words with their values, objections, voicemail."""
