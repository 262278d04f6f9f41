"""Other people's gold, read and counted as its own protocol says; what is measured comes in as a function."""
