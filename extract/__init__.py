"""chargesheet: event records from news and reports."""
