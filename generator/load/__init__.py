"""Files to nouns: data and profile. The only room that reads, and the only one that knows YAML."""
