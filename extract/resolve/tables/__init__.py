"""Facts in tables: places, countries, regions."""
