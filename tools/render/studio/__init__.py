"""What all the pictures share: camera, light, noise, smoke, fire, the rocket, lattices, figures and the film."""
