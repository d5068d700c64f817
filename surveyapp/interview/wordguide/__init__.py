"""The guide of one interview as a Word form: filled in without internet, sent back, compared."""
