"""The Trainings page."""
