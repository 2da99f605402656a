"""What can be found on a machine, and in what it is to show, that would spoil a long unattended run."""
