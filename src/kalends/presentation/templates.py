"""How pages are made from templates: everything is escaped, and hidden characters are shown."""

from jinja2 import Environment, PackageLoader, StrictUndefined

from kalends.words.visible import visible


def templates(package: str, folder: str, *, keep_trailing_newline: bool = False) -> Environment:
    """Return the templates in a folder of a package."""
    return Environment(
        loader=PackageLoader(package, folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=keep_trailing_newline,
        finalize=_visible,
    )


def _visible(value: object) -> object:
    """Make hidden characters visible in plain texts; what is markup already stays."""
    return visible(value, but="\n") if type(value) is str else value
