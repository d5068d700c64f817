"""The chapters of the review, each written from a manuscript as blocks."""
