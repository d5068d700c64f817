"""Running a survey: publish what is asked, open it, bring in authorities and people."""
