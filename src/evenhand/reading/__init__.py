"""A report to a reading: sentences, names, statements, claims."""
