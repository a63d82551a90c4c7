"""The Exchange page: the other offices, what goes to them and what comes from them."""
