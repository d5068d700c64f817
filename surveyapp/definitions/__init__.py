"""What is asked: the questionnaire and the interview guide, parsed, checked and frozen.

Nothing here reads or writes a file: functions take the text of a file and its name. The modules
stand in the order in which they build on one another: faults, values, reading, locations, shape,
mending, snapshots, conditions, questions, questionnaire, interview, codebook, register, routing,
explanations, reach, answers, lint, folder, changes.
"""
