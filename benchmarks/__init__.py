"""What the system costs, run by hand, each figure beside a named reference in the same run."""
