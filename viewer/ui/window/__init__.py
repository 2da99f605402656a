"""The main window: docks, central widget, full-screen layout and what lies over the picture."""
