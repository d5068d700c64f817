"""The example region: invented authorities, loaded through the services that real ones use."""

from surveyapp.example.files import read, texts
from surveyapp.example.loading import find, load
from surveyapp.example.removing import remove

__all__ = ["find", "load", "read", "remove", "texts"]
