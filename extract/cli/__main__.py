"""`python -m extract.cli`."""

from extract.cli import main

main()
