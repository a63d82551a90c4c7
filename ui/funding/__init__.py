"""Funding: agreements with their tranches and payments, and the two-thirds gauge."""
