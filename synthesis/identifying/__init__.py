"""What in a text may identify a child: found by rules at once, and by a trained model in a job.

People who work for children are named on purpose, and are not what is looked for here: a name
beside a job title, an office's address or number, a council's e-mail.
"""

from synthesis.identifying.hits import Hit, Kind
from synthesis.identifying.rules import VERSION, find

__all__ = ["VERSION", "Hit", "Kind", "find"]
