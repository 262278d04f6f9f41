"""A folder or a pattern to the files in it: sorted, so that every run meets them in the same order."""

import glob
import itertools
import stat
from collections.abc import Iterator
from pathlib import Path

from extract.errors import FormatError, InputError
from extract.ingest.formats import known_stem
from extract.ingest.source import Source, printable


def source_of(path: Path, *, folder: Path | None = None) -> Source:
    """Return the source; inside a folder its name is the path from there, so that two files `1.txt` do not clash.

    >>> source_of(Path("wire/2021/1.txt.gz"), folder=Path("wire")).name
    '2021/1'
    """
    within = path.relative_to(folder) if folder else Path(path.name)
    return Source(printable(path), printable(within.with_name(known_stem(path.name))), path)


def walk(folder: Path, *, may_be_empty: bool = False) -> Iterator[Source | InputError]:
    """Yield every file below the folder, hidden ones left out; links, devices and what cannot be listed, as errors.

    A link that stays inside is passed over, because its target is met under its own name.
    """
    yield from _below(folder, named_from=folder, empty=not may_be_empty)


def matching(pattern: str, *, may_be_empty: bool = False) -> Iterator[Source | InputError]:
    """Yield the files of a pattern that no shell has expanded, and those of folders it matches; hidden ones left out.

    Their names are paths from the part before the first `*`, `?` or `[`; `**` is any depth. As in a folder, links that
    lead out are errors; one that stays inside is read, since the pattern names it.
    """
    parts = Path(pattern).parts
    fixed = Path(*itertools.takewhile(lambda part: not glob.has_magic(part), parts))
    rest = "/".join(parts[len(fixed.parts) :])
    try:
        found = sorted(path for path in fixed.glob(rest) if not _hidden(path.relative_to(fixed)))
    except (ValueError, NotImplementedError) as error:
        raise InputError(f"no pattern that can be matched: {error}") from error
    if not (found or may_be_empty):
        why = "" if fixed.is_dir() else f"; there is no folder {printable(fixed)}"
        raise InputError(f"no file matches the pattern{why}")
    for path in found:
        refused = _linked(path, fixed.resolve())
        if isinstance(refused, InputError):
            yield refused
        elif not path.is_dir():
            yield _regular(path, path.stat().st_mode, fixed)
        elif "**" not in parts:  # with it, what the folder holds is matched or not by itself
            yield from _below(path, named_from=fixed, empty=not may_be_empty)


def _hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def _below(folder: Path, *, named_from: Path, empty: bool) -> Iterator[Source | InputError]:
    root = folder.resolve()
    waiting = [folder]
    while waiting:
        path = waiting.pop()
        try:
            kind = path.lstat().st_mode if path != folder else stat.S_IFDIR
            if stat.S_ISDIR(kind):
                waiting += reversed(_listed(path))
                continue
        except OSError as error:
            empty = False
            yield InputError(f"cannot be read: {error.strerror}", source=printable(path))
            continue
        found = _linked(path, root) if stat.S_ISLNK(kind) else path
        if found is not None:
            empty = False
            yield found if isinstance(found, InputError) else _regular(path, kind, named_from)
    if empty:
        yield FormatError(f"no documents in {printable(folder)}: the folder is empty", source=printable(folder))


def _listed(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if not path.name.startswith("."))


def _regular(path: Path, kind: int, folder: Path) -> Source | InputError:
    """Return the file, or an error for a pipe or device, whose reading may never end."""
    if stat.S_ISREG(kind) or (stat.S_ISLNK(kind) and path.is_file()):
        return source_of(path, folder=folder)
    return FormatError("not a regular file (a pipe, socket or device): not read", source=printable(path))


def _linked(path: Path, root: Path) -> Path | InputError | None:
    """Return the link where it is followed: git-annex and Kubernetes link to hidden files. `None` means pass over."""
    try:
        target = path.resolve(strict=True)
    except (OSError, RuntimeError):
        return InputError(f"a link to nothing: {_shown_target(path)}", source=printable(path))
    if not target.is_relative_to(root):
        return FormatError(f"a link out of the folder is not followed: {_shown_target(path)}", source=printable(path))
    hidden = any(part.startswith(".") for part in target.relative_to(root).parts)
    return path if hidden and target.is_file() else None


def _shown_target(path: Path) -> str:
    return printable(path.readlink() if path.is_symlink() else path.resolve())
