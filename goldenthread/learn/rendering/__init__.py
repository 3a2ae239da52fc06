"""A report as values, and the same report as a page, a PDF and a Word document."""
