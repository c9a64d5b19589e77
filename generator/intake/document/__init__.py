"""A document of finished tables back into what a person types: entries solved from cells, words found by a probe."""
