"""Make the deployment package: the SAM template Chalice generates, merged with resources.json, and one slim zip.

The zip is a function of its inputs alone: same sources, same bytes. What is left out is proved unneeded by
importing the application from the unpacked zip with nothing else on the path. Everything in it is compiled: Lambda
cannot write next to its code, and compiling six hundred modules took most of every cold start.
"""

import argparse
import gzip
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
import zipfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CACHE = ROOT / "out" / "vendor"
ZIP_LIMIT = 9_000_000
PYTHON = "3.11"
# Lambda's Python 3.11 runs on Amazon Linux 2 (glibc 2.26).
PLATFORMS = ("manylinux2014_x86_64", "manylinux_2_26_x86_64")
BOTOCORE_SERVICES = {"dynamodb", "kms", "s3", "sns", "sqs", "sts"}
# Chalice's command line and packager need these; its runtime, which Chalice copies in by itself, does not.
PLACE = "/var/task"
"""Where Lambda unpacks it: what is compiled here says so where it names its source."""
NOT_SHIPPED = {
    "chalice", "click", "inquirer", "blessed", "jinxed", "wcwidth", "editor", "readchar", "runs", "xmod", "yaml",
    "_yaml", "pip", "setuptools", "pkg_resources", "_distutils_hack", "distutils-precedence.pth", "wheel", "packaging",
    "cffi", "pycparser", "bin", "tests",
}  # fmt: skip


ASKED_FOR = ("aws_lambda_powertools/utilities/__init__.py", "aws_lambda_powertools/utilities/jmespath_utils/")
"""Of all utilities what the logger imports."""
NEVER_IMPORTED = (
    "aws_lambda_powertools/utilities/", "aws_lambda_powertools/event_handler/", "dateutil/zoneinfo/",
    "cryptography/x509/", "urllib3/contrib/emscripten/",
)  # fmt: skip
OWN = ("app.py", "chalice/", "chalicelib/")


@dataclass(frozen=True)
class Package:
    """Where the two files of a package lie, and the digest that names their content."""

    template: Path
    archive: Path
    digest: str


def build(stage: str, out: Path) -> Package:
    """Package the application for one stage into a folder."""
    with tempfile.TemporaryDirectory() as scratch:
        produced = run_chalice(stage, Path(scratch))
        out.mkdir(parents=True, exist_ok=True)
        archive = out / "deployment.zip"
        write_archive(vendored(), produced / "deployment.zip", archive)
        template = out / "sam.json"
        shutil.copyfile(produced / "sam.json", template)
    digest = hashlib.sha256(archive.read_bytes() + template.read_bytes()).hexdigest()[:20]
    return Package(template, archive, digest)


def run_chalice(stage: str, scratch: Path) -> Path:
    """Let Chalice generate the template and zip the application's own files, without its slow dependency builder."""
    project, produced = scratch / "project", scratch / "produced"
    project.mkdir()
    (project / "requirements.txt").touch()
    (project / "app.py").symlink_to(ROOT / "app.py")
    for folder in ("chalicelib", ".chalice"):
        shutil.copytree(ROOT / folder, project / folder, ignore=shutil.ignore_patterns("__pycache__", "deployments"))
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(scratch),
        "AWS_DEFAULT_REGION": "cn-north-1",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    merged = ["--merge-template", str(ROOT / "infra" / "resources.json")]
    chalice = str(Path(sys.executable).parent / "chalice")
    command = [chalice, "--project-dir", str(project), "package", "--stage", stage, *merged]
    done = subprocess.run([*command, str(produced)], env=environment, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"chalice package failed for stage {stage!r}:\n{done.stdout}{done.stderr}")
    write_stably(produced / "sam.json")
    return produced


def write_stably(template: Path) -> None:
    """Write the template in one order, so that its digest says whether anything changed."""
    template.write_text(json.dumps(json.loads(template.read_text()), indent=1, sort_keys=True) + "\n")


def vendored() -> Path:
    """The zip of our dependencies, rebuilt only when the requirements or the rules of this file change."""
    requirements = ROOT / "requirements.txt"
    key = hashlib.sha256(requirements.read_bytes() + Path(__file__).read_bytes()).hexdigest()[:16]
    archive = CACHE / f"{key}.zip"
    if archive.exists():
        return archive
    CACHE.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=CACHE) as scratch:
        site = Path(scratch) / "site"
        install(requirements, site)
        for path in [path for path in site.rglob("*") if path.is_file()]:
            if not is_shipped(path.relative_to(site).as_posix()):
                path.unlink()
        compile_all(site)
        lighten(site / "botocore" / "data")
        fresh = Path(scratch) / "vendor.zip"
        with zipfile.ZipFile(fresh, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as target:
            add_all(target, site)
        fresh.replace(archive)
    return archive


def install(requirements: Path, site: Path) -> None:
    """Install wheels for Lambda's platform, whatever machine this is."""
    platforms = [word for platform in PLATFORMS for word in ("--platform", platform)]
    command = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-compile",
        "--only-binary=:all:",
        "--target",
        str(site),
    ]
    tags = ["--python-version", PYTHON, "--implementation", "cp", "--abi", "cp311", "--abi", "abi3", "--abi", "none"]
    done = subprocess.run([*command, *platforms, *tags, "-r", str(requirements)], capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"pip could not fetch the wheels of requirements.txt:\n{done.stderr}")


def compile_all(folder: Path) -> None:
    """Compile for Lambda's Python, each file beside its source, never to be compared with it again.

    In a process of its own, because the hashes of this one would show. What is no Python 3.11 stays as it is.
    """
    if sys.version_info[:2] != tuple(map(int, PYTHON.split("."))):
        raise SystemExit(f"the package is compiled by Python {PYTHON}, as Lambda runs it; this is {sys.version}")
    command = [sys.executable, "-m", "compileall", "-b", "-f", "-q", "--invalidation-mode", "unchecked-hash"]
    named = ["-s", str(folder), "-p", PLACE, str(folder)]
    subprocess.run([*command, *named], env={"PYTHONHASHSEED": "0"}, stdout=subprocess.DEVNULL, check=False)


def lighten(data: Path) -> None:
    """Of what botocore reads before its first call: no service that we never call, and nothing to decompress."""
    for packed in data.rglob("*.json.gz"):
        packed.with_suffix("").write_bytes(gzip.decompress(packed.read_bytes()))
        packed.unlink()
    told = json.loads((data / "endpoints.json").read_text("utf-8"))
    for partition in told["partitions"]:
        partition["services"] = {name: of for name, of in partition["services"].items() if name in BOTOCORE_SERVICES}
    (data / "endpoints.json").write_text(json.dumps(told), "utf-8")


def as_json(folder: Path) -> None:
    """Tables for people to write are JSON for a cold start to read: TOML is read by Python, ten times slower."""
    for table in folder.rglob("*.toml"):
        read = tomllib.loads(table.read_text("utf-8"))
        table.with_suffix(".json").write_text(json.dumps(read, ensure_ascii=False), "utf-8")
        table.unlink()


def is_shipped(name: str) -> bool:
    """Leave out what no request ever touches."""
    if name.startswith(NEVER_IMPORTED) and not name.startswith(ASKED_FOR):
        return False
    parts = name.split("/")
    if parts[0] in NOT_SHIPPED or name.endswith((".pyi", ".c", ".h", ".rst")) or "__pycache__" in parts:
        return False
    if parts[0].endswith(".dist-info"):
        # Powertools asks for its own version at import; nothing reads more than METADATA.
        return parts[-1] == "METADATA" and not any(parts[0].startswith(f"{dropped}-") for dropped in NOT_SHIPPED)
    if parts[:2] == ["botocore", "data"] and len(parts) > 3:
        return parts[2] in BOTOCORE_SERVICES and not parts[-1].startswith("examples-")
    return "swagger_ui" not in parts


def write_archive(vendor: Path, application: Path, archive: Path) -> None:
    """Append the application to the dependencies; replace the old archive in one step."""
    fresh = archive.with_suffix(f".{os.getpid()}.tmp")
    shutil.copyfile(vendor, fresh)
    with tempfile.TemporaryDirectory() as scratch, zipfile.ZipFile(application) as source:
        own = Path(scratch)
        for name in source.namelist():
            if name.startswith(OWN) and not name.endswith((".pyc", "/")):
                source.extract(name, own)
        compile_all(own)
        as_json(own / "chalicelib")
        with zipfile.ZipFile(fresh, "a", zipfile.ZIP_DEFLATED, compresslevel=9) as target:
            add_all(target, own)
    fresh.replace(archive)


def add_all(target: zipfile.ZipFile, folder: Path) -> None:
    """Write a folder: of a compiled file and its source, which is as large again, the compiled one."""
    for path in sorted(folder.rglob("*")):
        has_compiled = path.suffix == ".py" and path.with_suffix(".pyc").exists()
        if path.is_file() and not has_compiled:
            add(target, path.relative_to(folder).as_posix(), path.read_bytes())


def add(target: zipfile.ZipFile, name: str, content: bytes) -> None:
    """Write one entry without a date of its own."""
    entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
    target.writestr(entry, content)


def prove_imports(archive: Path) -> None:
    """Import the application from the unpacked zip alone: no site-packages, no environment."""
    with tempfile.TemporaryDirectory() as scratch:
        with zipfile.ZipFile(archive) as source:
            source.extractall(scratch)
        modules = [
            path.relative_to(scratch).with_suffix("").as_posix().replace("/", ".").removesuffix(".__init__")
            for path in sorted(Path(scratch, "chalicelib").rglob("*.py"))
        ]
        program = (
            "import importlib, sys; sys.path.insert(0, sys.argv[1]); [*map(importlib.import_module, sys.argv[2:])]"
        )
        region = {"AWS_DEFAULT_REGION": "cn-north-1"}
        command = [sys.executable, "-I", "-S", "-B", "-c", program, scratch, "app", *modules]
        done = subprocess.run(command, env=region, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"the package does not import by itself:\n{done.stderr}")


def main() -> None:
    """Build, prove and report."""
    parser = argparse.ArgumentParser(description="Package the application: out/<stage>/sam.json and deployment.zip")
    parser.add_argument("--stage", default="dev", help="local, test, dev or prod (default: dev)")
    parser.add_argument("--out", type=Path, help="folder (default: out/<stage>)")
    options = parser.parse_args()
    package = build(options.stage, options.out or ROOT / "out" / options.stage)
    prove_imports(package.archive)
    size = package.archive.stat().st_size
    print(f"{package.template}\n{package.archive}: {size:,} bytes of {ZIP_LIMIT:,} allowed, digest {package.digest}")
    if size >= ZIP_LIMIT:
        raise SystemExit(f"the zip has {size:,} bytes, expected fewer than {ZIP_LIMIT:,}")


if __name__ == "__main__":
    main()
