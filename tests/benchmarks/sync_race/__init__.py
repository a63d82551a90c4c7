"""Ways to keep the records of several offices alike, raced on one workload: `make bench-sync`."""
