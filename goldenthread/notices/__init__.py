"""The outbox: what is told by e-mail, written in the transaction that it tells of and sent after it. No pages."""
