"""Files to nouns: data and profile. The only room that reads, and the only one that knows YAML."""

import generator.load.quick_yaml  # noqa: F401 - before any of its modules imports yaml
