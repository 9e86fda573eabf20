"""Static files with content hashes in their names, and the import graph of the JavaScript modules."""

import re
from collections.abc import Iterator
from pathlib import Path
from posixpath import dirname, join, normpath

from django.contrib.staticfiles import finders
from whitenoise.storage import CompressedManifestStaticFilesStorage

# `import … from "./x.js";` and `export … from "./x.js";`, also over several lines.
IMPORT = re.compile(r"""^(?:import|export)\b[^;"'()=]*?\bfrom\s*["'](?P<path>\.[^"']+)["'];""", re.MULTILINE)


class HashedModuleStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # comes without types
    """Hash the names inside import statements, too, so that browsers may cache every module for ever."""

    support_js_module_import_aggregation = True


def module_imports(name: str) -> list[str]:
    """Return the static names of all modules that a module imports, directly or not, each once and in import order."""
    names: dict[str, None] = {}
    _collect(name, names)
    return [imported for imported in names if imported != name]


def _collect(name: str, names: dict[str, None]) -> None:
    if name not in names:
        names[name] = None
        for imported in _direct_imports(name):
            _collect(imported, names)


def _direct_imports(name: str) -> Iterator[str]:
    path = finders.find(name)
    if path is None:
        raise FileNotFoundError(f"no static file is named {name}")
    source = Path(path).read_text(encoding="utf-8")
    return (normpath(join(dirname(name), match["path"])) for match in IMPORT.finditer(source))
