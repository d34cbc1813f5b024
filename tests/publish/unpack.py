#!/usr/bin/env python3
"""Checks the configuration of an image archive and unpacks its layers, lowest first.

Usage: unpack.py ARCHIVE FOLDER VERSION
"""
import io
import json
import sys
import tarfile

USER = "1654"


def main():
    archive, folder, version = sys.argv[1:]
    with tarfile.open(archive) as tar:
        def read(name):
            return tar.extractfile(name).read()

        (entry,) = json.loads(read("manifest.json"))
        config = json.loads(read(entry["Config"]))
        found = {
            "tags": entry["RepoTags"],
            "user": config["config"].get("User"),
            "entry point": config["config"].get("Entrypoint"),
            "arguments": config["config"].get("Cmd") or [],
            "working directory": config["config"].get("WorkingDir"),
            "version": config["config"].get("Labels", {}).get("org.opencontainers.image.version"),
            "ports": config["config"].get("ExposedPorts") or {},
        }
        wanted = {
            "tags": [f"originwatch:{version}"],
            "user": USER,
            "entry point": ["/app/originwatch"],
            "arguments": [],
            "working directory": "/app/",
            "version": version,
            "ports": {},
        }
        problems = [f"{name} is {found[name]!r}, not {value!r}" for name, value in wanted.items() if found[name] != value]
        for problem in problems:
            print(f"image: {problem}")
        for layer in entry["Layers"]:
            with tarfile.open(fileobj=io.BytesIO(read(layer))) as files:
                files.extractall(folder)
    return 1 if problems else 0


sys.exit(main())
