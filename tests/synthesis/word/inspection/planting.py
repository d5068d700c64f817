"""Plants a fault in a good Word file."""

import io
import zipfile


def plant(docx: bytes, part: str, old: str, new: str) -> bytes:
    """Change the first place in a part that holds the old words."""
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        contents = {name: archive.read(name) for name in archive.namelist()}
    text = contents[part].decode()
    assert old in text, f"nothing to plant the fault in: {old}"
    contents[part] = text.replace(old, new, 1).encode()
    return packed(contents)


def without(docx: bytes, part: str) -> bytes:
    """Take a part out."""
    with zipfile.ZipFile(io.BytesIO(docx)) as archive:
        return packed({name: archive.read(name) for name in archive.namelist() if name != part})


def packed(contents: dict[str, bytes]) -> bytes:
    """Put parts into an archive."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
    return stream.getvalue()
