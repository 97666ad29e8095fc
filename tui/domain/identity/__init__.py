"""Who somebody is: names, fields, and how they are found, matched and held alike."""
