"""The interviewer's brief, made from the authority's own answers and from nothing else.

`prompts` gives the guide's prompts with what was written on each; `make` gives the whole brief.
"""

from surveyapp.interview.briefing.making import Brief, make
from surveyapp.interview.briefing.sheets import PromptSheet, prompts
from surveyapp.interview.briefing.written import Written

__all__ = ["Brief", "PromptSheet", "Written", "make", "prompts"]
