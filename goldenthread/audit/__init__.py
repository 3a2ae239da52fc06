"""Auditing: audits, their parts, answers, findings and judgements."""
