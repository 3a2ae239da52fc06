"""Pages of the act stage: the returned audits, the return itself, one returned audit, its tasks and its signature."""
