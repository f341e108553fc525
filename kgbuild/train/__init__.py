"""Training of the shipped language model, from corpora to weights. Never imported at run time."""
