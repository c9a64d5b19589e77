"""Why every number of a document is what it is: Book + Document + Inputs → Explanations. Nothing is computed again."""
