"""The trained network at run time: a report's text in, who says what and names out."""
