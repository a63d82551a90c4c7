"""The rules of the register: frozen values and functions. Standard library only."""
