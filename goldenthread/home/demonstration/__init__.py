"""The demonstration council: people, children and two years of audits, all invented from a seed. No Django here."""
