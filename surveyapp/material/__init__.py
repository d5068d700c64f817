"""What a review rests on, gathered from the tables: written, spoken, and who may use it how."""
