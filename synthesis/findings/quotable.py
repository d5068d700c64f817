"""Quotable words: complete sentences that stand on their own and are safe to print."""

import re
from typing import Literal

from synthesis.findings.safeguards import may_identify_child

Sense = Literal["", "good", "bad", "plan"]
"""How a sentence should read: as praise, as a fault, as a plan, or any way."""

SHORTEST, LONGEST = 8, 45
LEANING = re.compile(
    r"(?:this|these|that|those|they|their|them|it|its|he|she|his|her|him|however|also|but|and|or"
    r"|so|such|both|then|therefore|thus|consequently|similarly|nevertheless|nonetheless"
    r"|furthermore|moreover|additionally|otherwise|instead|likewise|hence|here|which|while"
    r"|whilst|although|because|since|yes|no|further|another|others|some|where|when|as"
    r"|(?:in|as|for|by|at) (?:addition|a result|contrast|this|these|such|turn))\b",
    re.IGNORECASE,
)
"""A sentence that opens so leans on the one before it."""
_BACKWARD = re.compile(
    r"\b(?:see above|as above|above-mentioned|the latter|the former|this (?:review|report)|"
    r"previous (?:question|answer)|paragraph \d|page \d|section \d)",
    re.IGNORECASE,
)
_DAMAGED = re.compile(r"\w[-–] \w|\.\.\.|…|\s[•·]\s|[\n\t|\[\]{}<>_]|[“”\"]|\w{2}\.\w{2}|\s,|\(\s")
_SOMEBODY = re.compile(r"\b(?:she|he|her|him|his|hers)\b", re.IGNORECASE)
"""One person, whom the reader has not met and perhaps should not."""
_LABEL = re.compile(r"(?:\S+ ){0,3}\S+:\s")
_FAULT = re.compile(
    r"\b(?:not (?:always|yet|consistently|sufficiently|clear|effective|robust|been|evident|fully"
    r"|all|routinely|enough|well|have|know|had|systematic\w*|able|measured?|used|record\w*)"
    r"|(?:do|does|did|could|can|have|has|is|are|was|were)(?:n[’']t| not)(?! (?:meet|reach) the)"
    r"|cannot|no (?:one|single"
    r"|common|agreed|shared|consistent|formal|routine|clear|evidence)|nothing|none|nobody|never|rarely|seldom"
    r"|weak\w*|poor\w*|delay\w*|drift\w*|insufficient\w*|inadequate\w*|too (?:few|many|long|late"
    r"|often|little|high|low|variable|slow\w*)|inappropriate\w*|unclear|lack(?:s|ed|ing)?"
    r"|inconsisten\w*|limited|underdeveloped|under-developed|gaps?|barriers?|struggl\w*|patchy"
    r"|difficult\w*|confus\w*|missing|shortages?|variab\w*|var(?:y|ies)|backlogs?|concerns?"
    r"|failed|fails?|overload\w*|waits?|waiting|hard to|thin|uneven|should|need(?:s|ed)? to|must"
    r"|areas? for (?:development|improvement)|requires? improvement|review the|ensure that"
    r"|depends? on|slow)\b",
    re.IGNORECASE,
)
_COMMAND = re.compile(
    r"(?:achieve|ensure|review|improve|develop|strengthen|continue|implement|reduce|accelerate"
    r"|establish|evaluate|increase|monitor|consider|with partners) "
    r"(?!help\b)",
    re.IGNORECASE,
)
"""A recommendation praises nothing and finds no fault in so many words."""
_PRAISE = re.compile(
    r"\b(?:effective(?:ly)?|appropriate(?:ly)?|good|strong(?:ly)?|excellent|robust(?:ly)?|timely"
    r"|well(?:[- ](?:targeted|coordinated|established|embedded|used))|successful(?:ly)?|improving"
    r"|improved|positive(?:ly)?|benefit\w*|comprehensive|impressive|outstanding|proud|trusted?)\b",
    re.IGNORECASE,
)
_INTENT = re.compile(
    r"\b(?:will|shall|plan(?:s|ned|ning)? (?:to|for|is|are)|planned|intends?|intended|aims? to"
    r"|about to|due (?:to|in|by|for)|going to|propos\w+|pilot\w*|under ?way|in hand|in development"
    r"|(?:is|are) being|developing|working (?:on|towards)|next (?:year|month|term|spring|summer"
    r"|autumn|winter|april|quarter)|from (?:april|may|june|september|the (?:new|autumn|spring"
    r"|summer))|to be (?:launched|rolled|introduced|replaced|implemented|agreed)|rolling out"
    r"|hop(?:e|es|ing) to|starting in|starts in|introducing)\b",
    re.IGNORECASE,
)


def is_quotable(words: str) -> bool:
    """Tell whether words make a quotation: whole, self-standing, of a fair length, and harmless."""
    return (
        SHORTEST <= len(words.split()) <= LONGEST
        and _is_whole(words)
        and _stands_alone(words)
        and not may_identify_child(words)
    )


def reads_as(words: str, sense: Sense) -> bool:
    """Tell whether words read plainly as praise, as a fault or as a plan, and not as a mixture.

    Tags of stance err; a quotation that says the opposite of its claim is the error readers see.
    """
    fault, praise = _FAULT.search(words) is not None, _PRAISE.search(words) is not None
    commanding = _COMMAND.match(words) is not None
    return {
        "good": not fault and not commanding,
        "bad": fault and not praise and not commanding,
        "plan": _INTENT.search(words) is not None,
        "": True,
    }[sense]


def _is_whole(words: str) -> bool:
    """Tell whether words are one undamaged sentence."""
    ends_well = words[-1] in ".!?’" and not words.endswith((":.", " etc."))
    balanced = words.count("(") == words.count(")")
    return words[0].isupper() and ends_well and balanced and not _DAMAGED.search(words)


def _stands_alone(words: str) -> bool:
    """Tell whether a sentence makes sense without the one before it."""
    patterns = (LEANING.match(words), _LABEL.match(words))
    return not any((*patterns, _BACKWARD.search(words), _SOMEBODY.search(words)))
