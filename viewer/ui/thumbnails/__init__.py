"""The thumbnail strip: model, list view, delegate and the bar it stands in."""
