"""Acting: audits returned to the team, tasks, sign-off."""
