"""Auditing: files allotted, answers saved as typed, findings, submission."""
