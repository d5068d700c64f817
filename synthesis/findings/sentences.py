"""Sentences: how each kind of claim is worded, with variants so that chapters do not stutter."""

from collections.abc import Mapping, Sequence

from synthesis.findings.wording import Speech

SENTENCES: Mapping[str, tuple[str, ...]] = {
    "written": ("{Subject} {say} that {claim}.",),
    "otherwise": ("{Subject} {say} otherwise{names}.",),
    "coverage": (
        "{Subject} {have} something to say about {topic}.",
        "{Topic} comes up {within}.",
        "{Topic} is discussed {agent}.",
    ),
    "strengths": (
        "Strengths are described {agent}.",
        "{Subject} {describe} strengths.",
        "Strengths come up {within}.",
    ),
    "gaps": (
        "{Subject} {describe} gaps or difficulties.",
        "Gaps or difficulties are described {agent}.",
        "Gaps or difficulties come up {within}.",
    ),
    "both": (
        "Both strengths and gaps or difficulties are described {agent}.",
        "{Subject} {describe} both strengths and gaps or difficulties.",
        "Both strengths and gaps or difficulties come up {within}.",
    ),
    "plans": (
        "Plans are described {agent}.",
        "{Subject} {describe} plans.",
        "Plans come up {within}.",
    ),
    "strengths only": (
        "Against the pattern, {subject} {describe} strengths and no gaps or difficulties{names}.",
    ),
    "gaps only": (
        "Against the pattern, {subject} {describe} gaps or difficulties and no strengths{names}.",
    ),
    "term": ("{Label}: {bare}.",),
    "rating": ("{Subject} {rate} {themselves} at level {level} ({meaning}) or above.",),
    "data": (
        "Ask for {idea}. Data on this are mentioned {agent}.",
        "Agree how to count {idea}. {Subject} {mention} data here.",
    ),
    "audit": (
        "Have {idea}. Audit of this is mentioned {agent}.",
        "Have {idea}. {Subject} {mention} audit here.",
    ),
    "case study": (
        "Draw on {idea}. Case studies are mentioned {agent}.",
        "Draw on {idea}. {Subject} {mention} a case study here.",
    ),
    "quality": (
        "Test {idea}. {Subject} {describe} gaps or difficulties, and strengths are described no "
        "more often.",
        "Test {idea}. Gaps or difficulties are described {agent}, as often as strengths or more.",
    ),
    "ratings without evidence": (
        "Ask what stands behind a high rating. {Subject} {rate} {themselves} at level {level} or "
        "above here and {mention} no data, audit or case study.",
    ),
    "silence": (
        "Ask every authority about {topic} in the same words. So far it comes up {within}.",
    ),
    "words": ("This review rests on words from {share}.",),
    "region": ("{Subject} {mention} {label}.",),
    "emergent": ("Matters that no strand holds are raised {agent}.",),
    "outcome": (
        "{Topic} is mentioned {agent}.",
        "{Subject} {mention} {topic}.",
    ),
}

VERBS = {
    "have": ("has", "have"),
    "describe": ("describes", "describe"),
    "mention": ("mentions", "mention"),
    "say": ("says", "say"),
    "rate": ("rates", "rate"),
    "themselves": ("itself", "themselves"),
}


def write(speech: Speech, kind: str, share: tuple[int, int], turn: int, **words: str) -> str:
    """Write a claim's sentence; `turn` chooses among the variants."""
    variants: Sequence[str] = SENTENCES[kind]
    subject = speech.subject(*share)
    slots = {
        "subject": subject,
        "Subject": capital(subject),
        "agent": speech.agent(*share),
        "within": speech.within(*share),
        "share": speech.share(*share),
        "bare": speech.bare(*share),
        **{name: speech.verb(*share, *forms) for name, forms in VERBS.items()},
        **words,
    }
    for name in ("topic", "label"):
        slots[name.capitalize()] = capital(slots.get(name, ""))
    return variants[turn % len(variants)].format(**slots)


def capital(text: str) -> str:
    """Open a text with a capital."""
    return text[:1].upper() + text[1:]


def listed(names: Sequence[str]) -> str:
    """Write names as a list: A, B and C; apart by semicolons where a name has "and" in it."""
    if any(" and " in name for name in names):
        return "; ".join(names)
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"
