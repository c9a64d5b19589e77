"""What the cells and numbers of a Reading mean: of our own document exactly, of others by a profile's words."""
