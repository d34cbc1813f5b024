#!/usr/bin/env python3
"""A registry of container images on loopback with one image: a base made of this machine's own files.

Usage: registry.py ROOT PORT-FILE    ROOT: the base's file system. Serves until it is killed; PORT-FILE gets the port.
"""
import gzip
import hashlib
import http.server
import io
import json
import platform
import sys
import tarfile
from pathlib import Path

MANIFEST = "application/vnd.oci.image.manifest.v1+json"
CONFIG = "application/vnd.oci.image.config.v1+json"
LAYER = "application/vnd.oci.image.layer.v1.tar+gzip"
MACHINES = {"x86_64": "amd64", "aarch64": "arm64"}


def digest(content):
    return "sha256:" + hashlib.sha256(content).hexdigest()


def descriptor(media_type, content):
    return {"mediaType": media_type, "digest": digest(content), "size": len(content)}


def layer(root):
    """The file system as an uncompressed archive, owned by root."""
    def owned(entry):
        entry.uid = entry.gid = 0
        entry.uname = entry.gname = "root"
        return entry

    archive = io.BytesIO()
    with tarfile.open(fileobj=archive, mode="w") as tar:
        tar.add(root, arcname=".", filter=owned)
    return archive.getvalue()


def image(root):
    plain = layer(root)
    packed = gzip.compress(plain, compresslevel=1, mtime=0)
    config = json.dumps({
        "architecture": MACHINES[platform.machine()],
        "os": "linux",
        "config": {"Env": ["PATH=/usr/local/bin:/usr/bin:/bin"]},
        "rootfs": {"type": "layers", "diff_ids": [digest(plain)]},
        "history": [{"created_by": "tests/publish/registry.py"}],
    }).encode()
    manifest = json.dumps({
        "schemaVersion": 2,
        "mediaType": MANIFEST,
        "config": descriptor(CONFIG, config),
        "layers": [descriptor(LAYER, packed)],
    }).encode()
    return manifest, {digest(content): content for content in (config, packed)}


def handler(manifest, blobs):
    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def find(self):
            """The API of OCI's distribution specification, as far as pulling needs it."""
            parts = self.path.split("?")[0].strip("/").split("/")
            if parts == ["v2"]:
                return "application/json", b"{}"
            if len(parts) > 3 and parts[0] == "v2" and parts[-2] == "manifests":
                return MANIFEST, manifest
            if len(parts) > 3 and parts[0] == "v2" and parts[-2] == "blobs" and parts[-1] in blobs:
                return "application/octet-stream", blobs[parts[-1]]
            return None, None

        def do_HEAD(self):
            media_type, content = self.find()
            if content is None:
                self.send_error(404)
                return None
            self.send_response(200)
            self.send_header("Content-Type", media_type)
            self.send_header("Content-Length", str(len(content)))
            self.send_header("Docker-Content-Digest", digest(content))
            self.end_headers()
            return content

        def do_GET(self):
            content = self.do_HEAD()
            if content is not None:
                self.wfile.write(content)

        def log_message(self, *_):
            pass

    return Handler


def main():
    root, port_file = sys.argv[1:]
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler(*image(root)))
    Path(port_file).write_text(str(server.server_port), encoding="utf-8")
    server.serve_forever()


if __name__ == "__main__":
    main()
