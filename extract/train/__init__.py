"""Learn from `corpus/`: labelled articles to weights."""
