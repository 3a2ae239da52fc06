"""A database that holds as many audits as a benchmark asks for, written straight into the tables.

What is written is what the services would have left: sessions of ten audits each, every audit with its auditor's part
and sixty answers, cases drawn from one long list. Only the trail knows nothing of them.
"""

from __future__ import annotations
