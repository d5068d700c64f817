"""Plain sense: what a sentence says on its face, with what it denies taken for denied.

Tags of stance and evidence err. A sentence that plainly says the contrary of its tag is not
counted under it, and only one that plainly says what its tag says is cited or quoted for it.
"""

import re
from collections.abc import Mapping
from typing import Literal

from synthesis.tags import Tag

Sense = Literal["", "good", "bad", "plan", "data", "audit", "case study"]
"""How words may read: as praise, as a fault, as a plan, as evidence of a kind, or any way."""

SENSES: Mapping[str, Sense] = {
    "P1": "good",
    "P2": "bad",
    "P3": "plan",
    "E1": "data",
    "E2": "audit",
    "E3": "case study",
}
"""The sense in which words under each stance and kind of evidence should read."""

PLAINLY, PASSABLY, UNCLEAR, CONTRARY = 2, 1, 0, -1
"""How well words fit a sense: in so many words, by no word against it, of both, or the reverse."""

_ILL = (
    r"(?:wait\w*|waiting lists?|gaps?|barriers?|delays?|backlogs?|concerns?|shortages?|drift\w*"
    r"|difficult\w*|issues?|problems?|duplication|confusion|limit\w*)"
)
_DENIED_FAULT = re.compile(
    # not ... without: nothing is done unless something good is
    r"(?:\bwon[’']t|\b(?:will|would|does|do|did|can|could|is|are|may)(?: not|n[’']t)"
    r"|\bcannot|\bnever|\bnothing|\bnobody|\bno \w+)\b[^.;,]{0,60}?\bwithout\b"
    # do not consider that there is any group which cannot ...
    r"|\b(?:do|does|did)(?: not|n[’']t) (?:consider|believe|think|accept) (?:that )?"
    r"there (?:is|are|was|were) (?:any|a)\b[^.;]*"
    rf"|\b(?:no|without|nor|not an?|never an?|not any|n[’']t any) (?:\w+ )?{_ILL}"
    r"|\b(?:nobody|no one|no famil\w+|never|not|n[’']t) (?:has to |have to )?wait\w*"
    r"|\b(?:fewer|less|shorter|reduc\w+|overc[ao]m\w+|tackl\w+|cut|clos(?:ed|es|ing)) "
    rf"(?:\w+ ){{0,2}}{_ILL}",
    re.IGNORECASE,
)
"""A fault that is named only to be denied, or to say that it has grown smaller."""

_FAULT = re.compile(
    r"\b(?:not (?:always|yet|consistently|sufficiently|clear|effective|robust|been|evident|fully"
    r"|all|routinely|enough|well|have|know|had|systematic\w*|able|measured?|used|record\w*"
    r"|tested|tracked|audited|checked|shared|known|signed|matched|decided|written|in place)"
    r"|(?:do|does|did|could|can|have|has|is|are|was|were)(?:n[’']t| not)(?! (?:meet|reach) the)"
    r"|(?:wo|would|should)n[’']t|cannot|no (?:one|single|common|agreed|shared|consistent|formal"
    r"|routine|clear|evidence|audit\w*|data|measures?|tools?|fields?|such|records?|systems?"
    r"|process\w*|meetings?|panels?|procedures?|standards?|information|programmes?|dates?|longer"
    r"|better|feedback|training|supervision|capacity|grading|observation|difference)"
    r"|nothing|none|nobody|never|rarely|seldom"
    r"|weak\w*|poor\w*|delay\w*|drift\w*|insufficient\w*|inadequate\w*|too (?:few|many|long|late"
    r"|often|little|high|low|variable|slow\w*)|inappropriate\w*|unclear|lack(?:s|ed|ing)?"
    r"|inconsisten\w*|limited|underdeveloped|under-developed|gaps?|barriers?|struggl\w*|patchy"
    r"|difficult\w*|confus\w*|missing|shortages?|variab\w*|var(?:y|ies)|backlogs?|concerns?"
    r"|failed|fails?|overload\w*|waits?|waiting|hard to|thin|uneven|should|need(?:s|ed)? to|must"
    r"|areas? for (?:development|improvement)|requires? improvement|review the|ensure that"
    r"|depends? on|slow|retired|went because|(?:we|has|have) lost|before any(?:one|body|thing)"
    r"|start(?:ed)? over|by accident|only because)\b"
    r"|^(?:no|not|none)\b",
    re.IGNORECASE,
)
_COMMAND = re.compile(
    r"(?:achieve|ensure|review|improve|develop|strengthen|continue|implement|reduce|accelerate"
    r"|establish|evaluate|increase|monitor|consider|with partners) "
    r"(?!help\b)",
    re.IGNORECASE,
)
"""A recommendation praises nothing and finds no fault in so many words."""
_GOOD = (
    r"(?:effective(?:ly)?|appropriate(?:ly)?|good|strong(?:ly)?|excellent|robust(?:ly)?|timely"
    r"|well(?:[- ](?:targeted|coordinated|established|embedded|used|understood))|successful(?:ly)?"
    r"|improved|positive(?:ly)?|benefit\w*|comprehensive|impressive|outstanding|proud"
    r"|trusted?)"
)
_PRAISE = re.compile(rf"\b{_GOOD}\b", re.IGNORECASE)
_DENIED_PRAISE = re.compile(
    rf"(?:\b(?:not|no|never|nor|hardly|less|cannot|whether)|n[’']t) (?:\w+ ){{0,3}}{_GOOD}\b",
    re.IGNORECASE,
)
_TURN = re.compile(
    r"\b(?:however|although|though|whilst|but|yet|still|only|could be (?:more|better)|improving)\b",
    re.IGNORECASE,
)
"""A turn in the sentence: what stands before it is taken back after it."""
_MONTHS = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|sept|christmas|easter|the (?:new|end|autumn|spring|summer))"
)
_INTENT = re.compile(
    r"\b(?:will|shall|plan(?:s|ned|ning)? (?:to|for|is|are)|planned|intends?|intended|aims? to"
    r"|about to|due (?:to|in|by|for)|going to|propos\w+|pilot\w*|under ?way|in hand"
    r"|in development|in draft|being (?:develop|introduc|roll|pilot|redesign|recruit|built|train"
    r"|writ|draft|review|set up|plan|consider|test|replac|exten|commission|recommission|merg"
    r"|implement|strengthen|embed|refresh|revis|updat|put|trial)\w*"
    r"|developing|working (?:on|towards)"
    r"|next (?:year|month|term|spring|summer|autumn|winter|april|quarter)"
    rf"|(?:from|by|until) {_MONTHS}"
    r"|to be (?:launched|rolled|introduced|replaced|implemented|agreed)|rolling out|looking to"
    r"|hop(?:e|es|ing) to|start(?:s|ing) in|introducing|recruiting)\b",
    re.IGNORECASE,
)
_NO_INTENT = re.compile(
    r"\b(?:decid\w+|agreed|chos\w+|resolved|plan\w*|intend\w*|propos\w+) (?:not to|against)[^.;]*"
    r"|\bno (?:current |firm )?(?:plans?|intention|proposals?)\b[^.;]*"
    r"|\bnot (?:plan\w*|intend\w*|propos\w+|going to)\b[^.;]*"
    r"|\b(?:will|shall|would|should) (?:not|never)\b[^.;,]*|\bwon[’']t\b[^.;,]*"
    r"|\b(?:was|were|had been) (?:going to|planned|due|intended|about to)\b"
    r"|\bwill (?:\w+ly )?(?:bump|run|often|usually|always|sometimes|say|tell|know|ring|recall"
    r"|remember|note|just|happen)\b",
    re.IGNORECASE,
)
"""What is not to come, what was once to come, and what people are wont to do."""

_NAMED: Mapping[Sense, str] = {
    "data": r"(?:data|figures?|numbers?|statistics|count(?:s|ed)?|measur\w+|track(?:s|ed)"
    r"|record(?:s|ed)?|collect(?:s|ed)?|monitor(?:s|ed)?|match(?:es|ed)|how many|known)",
    "audit": r"(?:(?:re-?)?audit\w*|dip[- ]sampl\w+|tested|checked|moderat\w+|observ\w+"
    r"|quality[- ]assured?|grad(?:es|ed|ing))",
    "case study": r"(?:case stud\w+|stor(?:y|ies)|examples?)",
}
_NOT = r"(?:\b(?:no|not|never|nobody|nor|without|cannot|lacks?|lack of)|n[’']t) (?:[\w’'-]+ ){0,3}?"
_DENIALS = {kind: re.compile(rf"{_NOT}{named}\b", re.I) for kind, named in _NAMED.items()}
_MENTIONS = {kind: re.compile(rf"\b{named}\b", re.I) for kind, named in _NAMED.items()}
_AMOUNT = re.compile(r"\d ?%|\d+ (?:of|in|out of) (?:the )?\d+")


def reads_as(words: str, sense: Sense) -> bool:
    """Tell whether words read plainly in a sense, and not as its contrary or as a mixture."""
    return fit(words, sense) >= PASSABLY


def stands(tag: Tag) -> bool:
    """Tell whether a tag may be counted: a coder decided it, or its words do not deny it."""
    sense = SENSES.get(tag.theme, "")
    return tag.decided or fit(tag.passage.text, sense) > CONTRARY


def fit(words: str, sense: Sense) -> int:
    """Return how well words fit a sense, from the contrary to plainly."""
    if not sense:
        return PASSABLY
    if sense == "plan":
        return PLAINLY if _INTENT.search(_NO_INTENT.sub(" ", words)) else CONTRARY
    if sense in ("good", "bad"):
        return _judged(words, sense)
    return CONTRARY if _denies(words, sense) else PLAINLY


def _judged(words: str, sense: Sense) -> int:
    """Weigh the praise in words against the faults; what is denied counts for the other side."""
    left = _DENIED_FAULT.sub(" ", words)
    praise = left != words or _PRAISE.search(_DENIED_PRAISE.sub(" ", words)) is not None
    fault = _FAULT.search(left) is not None
    if _COMMAND.match(words) or (praise and (fault or _TURN.search(words))):
        return UNCLEAR
    if not praise and not fault:
        return PASSABLY if sense == "good" else UNCLEAR
    return PLAINLY if praise is (sense == "good") else CONTRARY


def _denies(words: str, kind: Sense) -> bool:
    """Tell whether words say that there is no evidence of a kind, and name none besides."""
    left = _DENIALS[kind].sub(" ", words)
    if left == words or (kind == "data" and _AMOUNT.search(words)):
        return False
    return _MENTIONS[kind].search(left) is None
