"""Turn what authorities said into tagged passages, a matrix, findings and a Word review.

The modules stand in the order in which data flows, and each knows only those before it:
responses, codebook, schedule, material, language, passages, tags, agreement, matrix, findings,
review, word, pipeline. Only `__main__` reads and writes files.
"""
