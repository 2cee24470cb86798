#!/usr/bin/env python3
"""Packs the Python package and the library into a wheel.

    make-wheel.py [--library .build/release/libBoxheadLibrary.so] [--output build/wheels]

The wheel is for machines of this kind that have the libraries of the system that Boxhead needs (poppler, libxml2,
zlib); its tag says Linux and the processor, and no more. The same input gives the same bytes.
"""
import argparse
import base64
import ctypes
import hashlib
import os
import platform
import zipfile

HERE = os.path.dirname(os.path.abspath(__file__))
METADATA = """Metadata-Version: 2.1
Name: boxhead
Version: {version}
Summary: PDF, Word and OFD documents with the headers of every value
License: Apache-2.0
Requires-Python: >=3.9
Provides-Extra: pandas
Requires-Dist: pandas; extra == "pandas"
"""
WHEEL = """Wheel-Version: 1.0
Generator: boxhead
Root-Is-Purelib: false
Tag: {tag}
"""


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--library", default=os.path.join(os.environ.get("SCRATCH", ".build"), "release", "libBoxheadLibrary.so"))
    parser.add_argument("--output", default=os.path.join("build", "wheels"))
    o = parser.parse_args()
    library = ctypes.CDLL(os.path.abspath(o.library))
    library.boxhead_version.restype = ctypes.c_char_p
    version = library.boxhead_version().decode()
    tag = f"py3-none-linux_{platform.machine()}"
    files = {}
    package = os.path.join(HERE, "python", "boxhead")
    for name in sorted(os.listdir(package)):
        if name.endswith(".py"):
            with open(os.path.join(package, name), "rb") as f:
                files[f"boxhead/{name}"] = f.read()
    with open(o.library, "rb") as f:
        files["boxhead/libboxhead.so.0"] = f.read()
    info = f"boxhead-{version}.dist-info"
    files[f"{info}/METADATA"] = METADATA.format(version=version).encode()
    files[f"{info}/WHEEL"] = WHEEL.format(tag=tag).encode()
    for name in ("LICENSE", "NOTICE"):
        with open(os.path.join(HERE, "..", name), "rb") as f:
            files[f"{info}/licenses/{name}"] = f.read()
    record = "".join(
        f"{name},sha256={base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b'=').decode()},{len(content)}\n"
        for name, content in files.items())
    files[f"{info}/RECORD"] = (record + f"{info}/RECORD,,\n").encode()
    os.makedirs(o.output, exist_ok=True)
    path = os.path.join(o.output, f"boxhead-{version}-{tag}.whl")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name)
            entry.external_attr = 0o644 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    print(path)


if __name__ == "__main__":
    main()
