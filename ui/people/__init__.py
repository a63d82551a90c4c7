"""People: the form for somebody new, and what is known of somebody."""
