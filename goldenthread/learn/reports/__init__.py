"""One file per report. A new report is one new file here; see docs/how/add-a-report.md."""
