"""Invented hubs to learn and show Wasl with: nobody in them exists."""
