"""Pages of the audit stage: lists and history, a session's files, writing one audit, its findings."""
