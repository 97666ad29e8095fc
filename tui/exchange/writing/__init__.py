"""Contacts and calls for other programs: CSV and JSON lines."""
