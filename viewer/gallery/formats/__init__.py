"""One reader for each kind of gallery: manifest, IIIF manifest, CSV table, folder of pictures."""
