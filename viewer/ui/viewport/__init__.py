"""The widget that shows the slide: view geometry, painting, crossfade and gestures."""
