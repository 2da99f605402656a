"""What each action does, and the QActions, menus and shortcuts made from the table of actions."""
