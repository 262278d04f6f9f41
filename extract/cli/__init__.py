"""The command line: one command per stage a person can ask for. Results to stdout or -o, everything else to stderr."""

import json
import os
import signal
import sys

import typer

from extract.cli import asking, benching, figures, linking, making, reading
from extract.cli.common import DONE, FAILED, app, say
from extract.errors import ChargesheetError

__all__ = ["app", "asking", "benching", "figures", "linking", "main", "making", "reading"]


@app.command()
def schema() -> None:
    """Print the JSON Schema of a record.

    Example: chargesheet schema > record.schema.json
    """
    from extract.schema.record import json_schema

    print(json.dumps(json_schema(), indent=2))


@app.command()
def doctor() -> None:
    """Check the installation: versions, processor, models; exit 1 when something is wrong.

    Example: chargesheet doctor
    """
    import torch

    from extract.annotate import weights
    from extract.annotate.annotate import bf16_pays

    print(f"python {sys.version.split()[0]}, torch {torch.__version__}, {os.cpu_count()} cores")
    print(f"bfloat16 in hardware: {'yes' if bf16_pays() else 'no, fp32 is used'}")
    for place in weights.places():
        for folder in sorted(place.iterdir()) if place.is_dir() else ():
            if (folder / "weights.safetensors").is_file():
                print(f"model {folder.name}: sound, {weights.check(folder)[:16]}… in {folder}")
    weights.find("small")


def main() -> None:
    """Run the command; every error of ours is one line on stderr and exit 1."""
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    try:
        sys.exit(app(standalone_mode=False) or DONE)
    except (typer.Abort, KeyboardInterrupt):
        sys.exit(128 + signal.SIGINT)
    except ChargesheetError as error:
        say.print(f"chargesheet: {error}", markup=False, style="red")
        sys.exit(FAILED)
    except BrokenPipeError:
        _drop_stdout()
        sys.exit(FAILED)
    except OSError as error:  # a full disk, a quota, a device that fails: what was written whole stays
        say.print(
            f"chargesheet: {error.strerror or error}: {error.filename or 'the output'}", markup=False, style="red"
        )
        _drop_stdout()
        sys.exit(FAILED)
    except Exception as error:
        if not hasattr(error, "show"):  # typer's usage errors show themselves; their class has moved between releases
            raise
        error.show()
        sys.exit(FAILED)


def _drop_stdout() -> None:
    """Send what is still buffered nowhere: Python's own flush at exit would fail once more, with a traceback."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
