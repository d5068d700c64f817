"""Mail made to read: its subject, plain text and HTML, from two templates a kind."""

from collections.abc import Mapping
from dataclasses import dataclass

import jinja2

from surveyapp.mail.kinds import NEEDS, Kind
from surveyapp.pages import StrictName, appointed, counted, day

_templates = jinja2.Environment(
    loader=jinja2.PackageLoader("surveyapp.mail"),
    autoescape=jinja2.select_autoescape(("html",), default=False),
    undefined=StrictName,
    trim_blocks=True,
    lstrip_blocks=True,
)
_templates.filters |= {"day": day, "appointed": appointed, "counted": counted}


@dataclass(frozen=True, slots=True)
class Rendered:
    """One message as it will be read: nothing is filled in later."""

    subject: str
    text: str
    html: str


def render(kind: Kind, name: str, context: Mapping[str, object], ask: str = "") -> Rendered:
    """Write a message of this kind to the person with this name, and say whom they may `ask`."""
    if set(context) != NEEDS[kind]:
        raise ValueError(f"Mail of the kind {kind} is told {sorted(NEEDS[kind])}, no more or less.")
    told = {**context, "name": name, "ask": ask}
    template = _templates.get_template(f"mail/{kind}.txt")
    subject = "".join(template.blocks["subject"](template.new_context(told)))
    # What people typed may hold a line break, and a header may not.
    subject = " ".join(subject.split())
    text = template.render(told).strip() + "\n"
    html = _templates.get_template(f"mail/{kind}.html").render(told, subject=subject)
    return Rendered(subject=subject, text=text, html=html)
