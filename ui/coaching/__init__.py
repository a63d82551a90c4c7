"""My day and what an advisor writes down: sessions, appointments, steps, cases."""
