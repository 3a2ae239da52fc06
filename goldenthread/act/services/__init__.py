"""Acting: audits returned to the team, tasks done, sections signed off, and back to the Quality Assurance Unit."""
