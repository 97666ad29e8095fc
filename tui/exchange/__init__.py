"""Contacts in, results out."""
