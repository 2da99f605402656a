"""The small process that starts the shows of an unattended screen again, whatever ends them. No Qt."""
