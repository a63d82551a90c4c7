"""A walk through the real window by keyboard, for machines without a screen: visits, pictures, a receipt."""
