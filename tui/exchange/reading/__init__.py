"""From the file of another program to contacts: bytes, table, columns, cells, rows, and what would change."""
