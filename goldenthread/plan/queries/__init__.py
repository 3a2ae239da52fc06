"""Reading the plan: the year, groups, sessions, the rota, absences."""
