"""Records for people: the terminal table and the page."""
