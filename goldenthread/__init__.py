"""Goldenthread: a council's file audit framework for children's social care."""
