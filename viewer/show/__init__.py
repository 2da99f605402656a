"""The state of a show: gallery, order, position, playing, and the picture to display. No widgets."""
