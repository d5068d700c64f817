"""The review: what authorities said, gathered from the tables and handed to synthesis."""
