"""The desk: the one page where a receptionist's day happens."""
