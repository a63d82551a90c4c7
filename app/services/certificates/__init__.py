"""Certificates: who has earned one, issuing, printing again, ending, checking."""
