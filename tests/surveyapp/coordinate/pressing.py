"""Buttons pressed, and the words of the page they lead to."""

from tests.surveyapp.browsing import CheckingClient, parse


def words(html: str) -> str:
    """Return the words of a page, without its header and its footer."""
    main = next(parse(html).iter("main"))
    return " ".join("".join(main.itertext()).split())


def press(client: CheckingClient, action: str, **typed: object) -> str:
    """Press a button, follow where it leads, and return the words there."""
    response = client.post(action, data=typed)
    if response.status_code in (302, 303):
        response = client.get(response.headers["Location"])
    assert response.status_code == 200, response.text
    return words(response.text)
