"""Every text that people typed or sent: where it stands, and what in it may identify a child.

`texts` finds them all, `files` reads what was uploaded, `warning` tells whoever typed.
"""

from flask import Flask

from surveyapp.identifying import warning


def init_app(app: Flask) -> None:
    """Let pages say what of a text may identify a child."""
    app.add_template_filter(warning.of, "identifying")
    app.add_template_filter(warning.of_answer, "identifying_answer")
