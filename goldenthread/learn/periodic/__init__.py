"""What the reports of a cycle, a quarter and a year share: their tables, sentences and charts, part by part."""
