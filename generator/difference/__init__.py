"""What differs between two states of a budget: source lines, figures, words, cells, problems. Pure."""
