"""The pages of the account: the entrance, the second step, and what is one's own."""
