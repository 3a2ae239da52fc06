"""What the database holds for this stage: a version, once adopted, is never changed."""

from goldenthread.trail.guards import never_changed

GUARDS = (
    never_changed("framework_frameworkversion", "A version of the framework is never changed: adopt another."),
    never_changed("framework_templateversion", "A version of a template is never changed: adopt another."),
)
