"""Collected static files: hashed names, imports between modules, caching, preloading."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.template import Context, Template
from django.test import Client, override_settings

from perf_targets.static_files import module_imports

STORAGE = {"BACKEND": "perf_targets.static_files.HashedModuleStorage"}
SOURCES = settings.BASE_DIR / "static"
# The scripts that templates load; every other module is imported by one of them.
ENTRIES = {
    "js/approval.js",
    "js/board.js",
    "js/check_all.js",
    "js/copy_text.js",
    "js/job_progress.js",
    "js/fill.js",
    "js/import_paste.js",
    "js/kept_here.js",
    "js/review.js",
    "js/review/queue.js",
    "js/table_notes.js",
    "js/unsaved.js",
    "js/verification.js",
}
HASHED = re.compile(r"\.[0-9a-f]{12}\.js$")
# Any quoted path after `from` or `import`, whatever is between the keyword and the path.
IMPORTED = re.compile(r"""\b(?:from|import)\s*\(?\s*["']([./][^"']*)["']""")


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    root = tmp_path_factory.mktemp("collected")
    with override_settings(STORAGES=settings.STORAGES | {"staticfiles": STORAGE}, STATIC_ROOT=root):
        call_command("collectstatic", interactive=False, verbosity=0)
        yield root


def hashed_modules(root: Path) -> list[Path]:
    return [path for path in (root / "js").rglob("*.js") if HASHED.search(path.name)]


def test_every_static_file_can_be_collected_and_named_by_its_content(collected: Path) -> None:
    assert list(collected.glob("vendor/bootstrap/bootstrap.min.*.css.gz"))
    assert len(hashed_modules(collected)) == len([*(SOURCES / "js").rglob("*.js")])


def test_every_import_of_a_hashed_module_names_a_hashed_module(collected: Path) -> None:
    for module in hashed_modules(collected):
        source = (SOURCES / HASHED.sub(".js", str(module.relative_to(collected)))).read_text(encoding="utf-8")
        imports = IMPORTED.findall(module.read_text(encoding="utf-8"))
        assert len(imports) == len(IMPORTED.findall(source))
        for path in imports:
            assert HASHED.search(path), (module, path)
            assert (module.parent / path).is_file(), (module, path)


def test_every_form_of_import_is_rewritten(tmp_path: Path) -> None:
    """All but `import "./b.js";`, which Django's expressions merge with the next import: the scripts do without it."""
    sources, root = tmp_path / "sources", tmp_path / "root"
    sources.mkdir()
    (sources / "b.js").write_text("export const x = 1;\n", encoding="utf-8")
    forms = [
        'import { x } from "./b.js";',
        'import {\n  x as y,\n} from "./b.js";',
        'import * as all from "./b.js";',
        'export { x as z } from "./b.js";',
        'export * from "./b.js";',
    ]
    (sources / "a.js").write_text("\n".join(forms), encoding="utf-8")
    changed = {"STORAGES": settings.STORAGES | {"staticfiles": STORAGE}, "STATIC_ROOT": root}
    with override_settings(**changed, STATICFILES_DIRS=[sources], INSTALLED_APPS=["django.contrib.staticfiles"]):
        call_command("collectstatic", interactive=False, verbosity=0)
    (module,) = root.glob("a.????????????.js")
    (imported,) = root.glob("b.????????????.js")
    assert IMPORTED.findall(module.read_text(encoding="utf-8")) == [f"./{imported.name}"] * len(forms)


def test_hashed_modules_are_cached_for_ever(collected: Path) -> None:
    client = Client()
    for module in hashed_modules(collected):
        answer = client.get(f"/static/{module.relative_to(collected)}")
        assert (answer.status_code, answer["Cache-Control"]) == (200, "max-age=315360000, public, immutable")
    assert "immutable" not in client.get("/static/js/fill.js")["Cache-Control"]


def test_every_module_is_imported_by_an_entry() -> None:
    names = {str(path.relative_to(SOURCES)) for path in (SOURCES / "js").rglob("*.js")}
    imports = {entry: module_imports(entry) for entry in ENTRIES}
    assert {name for listed in imports.values() for name in listed} == names - ENTRIES
    assert all(len(listed) == len(set(listed)) for listed in imports.values())


def test_every_entry_is_loaded_by_a_template() -> None:
    loaded = re.compile(r"{% static '(js/[^']*)' %}")
    texts = (path.read_text(encoding="utf-8") for path in (settings.BASE_DIR / "templates").rglob("*.html"))
    assert {name for text in texts for name in loaded.findall(text)} == ENTRIES


def test_the_import_graph_has_no_cycles() -> None:
    for path in (SOURCES / "js").rglob("*.js"):
        name = str(path.relative_to(SOURCES))
        assert all(name not in module_imports(imported) for imported in module_imports(name)), name


def test_all_imports_are_preloaded_by_their_hashed_names(collected: Path) -> None:
    links = Template("{% load module_preload %}{% modulepreload 'js/fill.js' %}").render(Context())
    names = re.findall(r'<link rel="modulepreload" href="/static/([^"]+)">', links)
    assert [HASHED.sub(".js", name) for name in names] == module_imports("js/fill.js")
    assert all(HASHED.search(name) and (collected / name).is_file() for name in names)
