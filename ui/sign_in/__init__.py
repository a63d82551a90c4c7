"""Getting in: with a password, or with the code of the recovery sheet."""
