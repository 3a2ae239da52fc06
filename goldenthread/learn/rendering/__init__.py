"""A report as values, and the same report as a page, a PDF, a Word document, an Excel workbook and tables as CSV."""
