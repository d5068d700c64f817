"""After the call: what an interviewer types while tidying."""
