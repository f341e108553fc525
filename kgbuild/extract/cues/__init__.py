"""Word lists that the rules of extraction read; each file states its source."""
