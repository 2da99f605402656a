"""Modal dialogs: preferences, file choosers, go to slide, about."""
