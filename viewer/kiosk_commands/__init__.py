"""What a keeper types to set up an unattended screen and to look after it: ``liftoff kiosk ...``."""
