"""Notes typed elsewhere: read into passages, and placed under prompts by the interviewer."""
