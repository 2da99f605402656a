"""One module per slide; each has `render(scale)`, which answers sRGB values 0 to 1."""
