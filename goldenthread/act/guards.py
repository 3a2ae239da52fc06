"""What the database holds for this stage: a signature is never changed."""

from goldenthread.trail.guards import never_changed

GUARDS = (never_changed("act_signoff", "A sign-off is never changed."),)
