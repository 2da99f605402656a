"""The unattended screen: what differs from a show at a desk. No widgets: those are in `viewer.ui.kiosk`."""
