"""The row that a document becomes; without Spark, so that it can be tested alone."""
import hashlib
import json
import os

# Name and type as Spark's DDL has it.
COLUMNS = [
    ("key", "string"), ("uri", "string"), ("sha256", "string"), ("ok", "boolean"), ("errorCode", "string"),
    ("errorStage", "string"), ("errorPage", "int"), ("message", "string"), ("mediaType", "string"), ("pages", "int"),
    ("tables", "int"), ("warnings", "int"), ("identitiesHeld", "int"), ("identitiesFailed", "array<string>"),
    ("coreMs", "bigint"), ("version", "string"), ("optionsHash", "string"), ("family", "string"), ("generation", "string"),
    ("agency", "string"), ("year", "int"), ("title", "string"), ("record", "string"), ("furtherRecords", "string"),
    ("document", "string"),
]


def key(sha256, version, options_hash):
    """As in the ledger; None where the bytes cannot be read, so that they are tried again."""
    return f"{sha256}|{version}|{options_hash}" if sha256 else None


def hash_of_file(path):
    """SHA-256 of a file; None if it is not a regular file or cannot be read."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
        with open(descriptor, "rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except (OSError, ValueError):
        return None


def row(supervisor, uri, sha256, path=None, content=None):
    """The values of a document in the order of COLUMNS. sha256 is what the bytes hashed to before."""
    version, options_hash = supervisor.hello()
    name = os.path.basename(uri.rstrip("/")) or uri
    answer = supervisor.convert(path=path, content=content, name=name)
    summary = answer.summary
    sha256 = summary.get("sha256") or (sha256 if answer.code != "fileAccess" else None)
    values = dict.fromkeys(name for name, _ in COLUMNS)
    values.update(
        key=key(sha256, version, options_hash), uri=uri, sha256=sha256, ok=answer.ok, errorCode=answer.code,
        errorStage=answer.stage, errorPage=answer.page, message=answer.message, version=version, optionsHash=options_hash,
        document=answer.document)
    for member in ("mediaType", "pages", "tables", "warnings", "identitiesHeld", "identitiesFailed"):
        values[member] = summary.get(member)
    if "cpuSeconds" in summary:
        values["coreMs"] = round(summary["cpuSeconds"] * 1000)
    if summary.get("records"):
        document = json.loads(answer.document)
        record = document["record"]
        for member in ("family", "generation", "agency", "year", "title"):
            values[member] = record.get(member)
        values["record"] = canonical(record)
        if "furtherRecords" in document:
            values["furtherRecords"] = canonical(document["furtherRecords"])
    return tuple(values.values())


def canonical(value):
    """JSON without spaces, members in order."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
