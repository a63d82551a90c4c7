"""Employers, offers, candidates and placements."""
