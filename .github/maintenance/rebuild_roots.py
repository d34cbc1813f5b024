#!/usr/bin/env python3
"""Rebuilds Mozilla's server roots (src/OriginWatch/Trust/Roots) out of NSS's libnssckbi.so, through PKCS#11.

    rebuild_roots.py --package libnss3[=VERSION] --suite sid   downloads the package with apt and checks nothing more than apt does
    rebuild_roots.py --library libnssckbi.so --source TEXT     reads a library that is there already

--date YYYY-MM-DD is the day of the NSS release; of a package, the day of its changelog unless given. [--out DIRECTORY].
With --if-changed nothing is written when the same roots are there already, unless their date is more than 90 days older.
Needs Python 3.9 and python3-cryptography. Writes mozilla-roots.pem, mozilla-roots.json, mozilla-lifecycles.json (by lifecycles.py) and
PROVENANCE.md; commit the four together.
"""
import argparse
import base64
import ctypes
import datetime
import email.utils
import glob
import gzip
import hashlib
import json
import pathlib
import re
import subprocess
import tempfile
import textwrap
import warnings

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID

import lifecycles

ULONG = ctypes.c_ulong
CKA_CLASS, CKA_LABEL, CKA_VALUE, CKA_ISSUER, CKA_SERIAL_NUMBER = 0x00, 0x03, 0x11, 0x81, 0x82
CKO_CERTIFICATE = 0x01
CKA_NSS_SERVER_DISTRUST_AFTER = 0xCE534373
# Trust objects by NSS's own numbers, and by those of PKCS#11 3.2: class, server authentication, e-mail, "trusted to issue".
TRUST_DIALECTS = [
    (0xCE534353, 0xCE536358, 0xCE53635B, 0xCE534352),
    (0x0B, 0x62C, 0x62F, 0x02),
]
# Places in CK_FUNCTION_LIST.
INITIALIZE, GET_INFO, GET_SLOT_LIST, OPEN_SESSION = 0, 2, 4, 12
GET_ATTRIBUTE_VALUE, FIND_OBJECTS_INIT, FIND_OBJECTS, FIND_OBJECTS_FINAL = 24, 26, 27, 28
CKF_SERIAL_SESSION = 4
FRESH_DAYS = 90  # for --if-changed
SHORT_NAMES = {NameOID.COMMON_NAME: "CN", NameOID.COUNTRY_NAME: "C", NameOID.ORGANIZATION_NAME: "O",
               NameOID.ORGANIZATIONAL_UNIT_NAME: "OU", NameOID.LOCALITY_NAME: "L", NameOID.STATE_OR_PROVINCE_NAME: "ST",
               NameOID.SERIAL_NUMBER: "serialNumber", NameOID.EMAIL_ADDRESS: "emailAddress",
               NameOID.ORGANIZATION_IDENTIFIER: "organizationIdentifier"}


class Attribute(ctypes.Structure):
    _fields_ = [("type", ULONG), ("value", ctypes.c_void_p), ("length", ULONG)]


class FunctionList(ctypes.Structure):
    _fields_ = [("version", ctypes.c_ubyte * 2), ("functions", ctypes.c_void_p * 68)]


class Info(ctypes.Structure):
    _fields_ = [("cryptoki", ctypes.c_ubyte * 2), ("manufacturer", ctypes.c_char * 32), ("flags", ULONG),
                ("description", ctypes.c_char * 32), ("library", ctypes.c_ubyte * 2)]


class Builtins:
    """The objects of libnssckbi.so."""

    def __init__(self, path):
        library = ctypes.CDLL(path)
        pointer = ctypes.POINTER(FunctionList)()
        if library.C_GetFunctionList(ctypes.byref(pointer)) != 0:
            raise SystemExit(f"{path} is no PKCS#11 library")
        self._functions = pointer.contents.functions
        self._call(INITIALIZE, None)
        info = Info()
        self._call(GET_INFO, ctypes.byref(info))
        self.version = f"{info.library[0]}.{info.library[1]}"
        slots, count = (ULONG * 16)(), ULONG(16)
        self._call(GET_SLOT_LIST, ctypes.c_ubyte(1), slots, ctypes.byref(count))
        self._session = ULONG()
        self._call(OPEN_SESSION, ULONG(slots[0]), ULONG(CKF_SERIAL_SESSION), None, None, ctypes.byref(self._session))

    def _call(self, place, *arguments):
        code = ctypes.CFUNCTYPE(ULONG)(self._functions[place])(*arguments)
        if code != 0:
            raise SystemExit(f"PKCS#11 function {place} answered 0x{code:x}")

    def objects(self, kind):
        value = ULONG(kind)
        template = (Attribute * 1)(Attribute(CKA_CLASS, ctypes.cast(ctypes.byref(value), ctypes.c_void_p), ctypes.sizeof(ULONG)))
        self._call(FIND_OBJECTS_INIT, self._session, template, ULONG(1))
        found, handle, count = [], ULONG(), ULONG()
        while True:
            self._call(FIND_OBJECTS, self._session, ctypes.byref(handle), ULONG(1), ctypes.byref(count))
            if count.value == 0:
                break
            found.append(handle.value)
        self._call(FIND_OBJECTS_FINAL, self._session)
        return found

    def read(self, handle, kind):
        """The bytes of an attribute; None where the object has none."""
        template = (Attribute * 1)(Attribute(kind, None, 0))
        function = ctypes.CFUNCTYPE(ULONG)(self._functions[GET_ATTRIBUTE_VALUE])
        if function(self._session, ULONG(handle), template, ULONG(1)) != 0 or template[0].length == ULONG(-1).value:
            return None
        buffer = ctypes.create_string_buffer(template[0].length)
        template[0].value = ctypes.cast(buffer, ctypes.c_void_p)
        self._call(GET_ATTRIBUTE_VALUE, self._session, ULONG(handle), template, ULONG(1))
        return buffer.raw


def distrust_date(value):
    """NSS writes a UTCTime, or one zero byte for none."""
    text = (value or b"").rstrip(b"\0").decode("ascii")
    if not re.fullmatch(r"\d{12}Z", text):
        return None
    return datetime.datetime.strptime(text, "%y%m%d%H%M%SZ").strftime("%Y-%m-%dT%H:%M:%SZ")


def describe(label, der, distrust):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # old roots have serial numbers of zero
        certificate = x509.load_der_x509_certificate(der)
    key = certificate.public_key()
    kind, bits = ("rsaEncryption", key.key_size) if isinstance(key, rsa.RSAPublicKey) else \
        ("id-ecPublicKey", key.key_size) if isinstance(key, ec.EllipticCurvePublicKey) else ("other", 0)
    stamp = "%Y-%m-%dT%H:%M:%SZ"
    return {"label": label, "sha256": hashlib.sha256(der).hexdigest(), "subject": certificate.subject.rfc4514_string(SHORT_NAMES),
            "notBefore": certificate.not_valid_before_utc.strftime(stamp), "notAfter": certificate.not_valid_after_utc.strftime(stamp),
            "key": kind, "bits": bits, "serverDistrustAfter": distrust}


def collect(builtins):
    trusted = {}
    for kind, server, email, delegator in TRUST_DIALECTS:
        for handle in builtins.objects(kind):
            identity = (builtins.read(handle, CKA_ISSUER), builtins.read(handle, CKA_SERIAL_NUMBER))
            def trusts(attribute):
                return int.from_bytes(builtins.read(handle, attribute) or b"", "little") == delegator
            trusted[identity] = (trusts(server), trusts(email))
    roots, others, mail = [], [], 0
    handles = builtins.objects(CKO_CERTIFICATE)
    for handle in handles:
        for_servers, for_mail = trusted.get((builtins.read(handle, CKA_ISSUER), builtins.read(handle, CKA_SERIAL_NUMBER)), (False, False))
        label = builtins.read(handle, CKA_LABEL).decode("utf-8").rstrip("\0")
        der = builtins.read(handle, CKA_VALUE)
        if for_servers:
            roots.append((describe(label, der, distrust_date(builtins.read(handle, CKA_NSS_SERVER_DISTRUST_AFTER))), der))
        else:
            others.append({"label": label, "sha256": hashlib.sha256(der).hexdigest()})
            mail += for_mail
    return sorted(roots, key=lambda root: root[0]["label"].lower()), sorted(others, key=lambda entry: entry["label"].lower()), mail


def download(package, suite, folder):
    wanted = f"{package}/{suite}" if suite and "=" not in package else package
    subprocess.run(["apt-get", "download", wanted], cwd=folder, check=True)
    archive = pathlib.Path(glob.glob(f"{folder}/*.deb")[0])
    subprocess.run(["dpkg-deb", "--extract", archive, f"{folder}/content"], check=True)
    library = glob.glob(f"{folder}/content/usr/lib/**/libnssckbi.so", recursive=True)[0]
    version = subprocess.run(["dpkg-deb", "--field", archive, "Version"], check=True, capture_output=True, text=True).stdout.strip()
    source = f"Debian {suite or 'package'} libnss3 {version}, libnssckbi.so"
    return library, source, hashlib.sha256(archive.read_bytes()).hexdigest(), date_of_changelog(folder)


def date_of_changelog(folder):
    """The day of the package's newest entry: its line begins with two dashes and ends with the date."""
    (changelog,) = glob.glob(f"{folder}/content/usr/share/doc/libnss3/changelog.Debian.gz")
    with gzip.open(changelog, "rt", encoding="utf-8") as lines:
        signed = next(line for line in lines if line.startswith(" -- "))
    return email.utils.parsedate_to_datetime(signed.rsplit(">", 1)[1].strip()).date().isoformat()


def is_known(roots, others, date, out):
    """Whether these roots are there already, with a date that still tells how old they are."""
    file = out / "mozilla-roots.json"
    if not file.exists():
        return False
    known = json.loads(file.read_text(encoding="utf-8"))
    age = datetime.date.fromisoformat(date) - datetime.date.fromisoformat(known["sourceDate"])
    return known["roots"] == [root for root, _ in roots] and known["notServerTrusted"] == others and age.days <= FRESH_DAYS


def write(builtins, source, package_hash, date, out, if_changed):
    roots, others, mail = collect(builtins)
    total = len(roots) + len(others)
    if not roots:
        raise SystemExit("no root is trusted for servers: the library speaks a dialect that this script does not know")
    if if_changed and is_known(roots, others, date, out):
        print(f"no change: {len(roots)} roots of {total}, NSS builtins {builtins.version}")
        return
    document = {"builtinsVersion": builtins.version, "source": source, "sourceDate": date, "licence": "MPL-2.0", "serverTrusted": len(roots),
                "total": total, "emailOnly": mail, "roots": [root for root, _ in roots], "notServerTrusted": others}
    lines = [f"# Mozilla built-in roots trusted for TLS servers; NSS builtins {builtins.version}; source: {source}; {date}",
             f"# {len(roots)} roots. This data is subject to the Mozilla Public License, v. 2.0 (https://mozilla.org/MPL/2.0/).",
             "# serverDistrustAfter dates are in mozilla-roots.json: a leaf whose notBefore is later is not trusted."]
    for root, der in roots:
        body = textwrap.wrap(base64.b64encode(der).decode("ascii"), 64)
        lines += ["", f"# {root['label']}", f"# sha256 {root['sha256']}", "-----BEGIN CERTIFICATE-----", *body, "-----END CERTIFICATE-----"]
    files = {"mozilla-roots.pem": "\n".join(lines) + "\n", "mozilla-roots.json": json.dumps(document, indent=1, ensure_ascii=False) + "\n"}
    for name, text in files.items():
        (out / name).write_text(text, encoding="utf-8")
    files["mozilla-lifecycles.json"] = lifecycles.write(out)
    hashes = {name: hashlib.sha256(text.encode("utf-8")).hexdigest() for name, text in files.items()}
    (out / "PROVENANCE.md").write_text(f"""# Mozilla's server-authentication roots: provenance

`mozilla-roots.pem` and `mozilla-roots.json` hold the roots that NSS builtins {builtins.version} ({date}) trusts for TLS servers: {len(roots)} of {total}.
They were read through PKCS#11 out of: {source}.

- sha256 of the package: {package_hash or "not known"}
- sha256 of `mozilla-lifecycles.json`: {hashes["mozilla-lifecycles.json"]}
- sha256 of `mozilla-roots.json`: {hashes["mozilla-roots.json"]}
- sha256 of `mozilla-roots.pem`: {hashes["mozilla-roots.pem"]}
- Licence: MPL-2.0 (file-level: these data files stay MPL-2.0, the program's own licence is unaffected). Keep this notice with them.

`serverDistrustAfter` (NSS: CKA_NSS_SERVER_DISTRUST_AFTER): a leaf whose notBefore is later than the date is not trusted under that root; older leaves stay
trusted until the root itself is dropped.
`mozilla-lifecycles.json` says when each root loses the websites bit by age: made by `lifecycles.py` from the roots' own dates and Mozilla's schedule,
https://wiki.mozilla.org/CA/Root_CA_Lifecycles; exceptions carry their source.
NSS also limits `TUBITAK Kamu SM SSL Kok Sertifikasi - Surum 1` to names under `.tr`, in code; no list file says so.
""", encoding="utf-8")
    print(f"{len(roots)} roots of {total}, NSS builtins {builtins.version}")


def main():
    default = pathlib.Path(__file__).resolve().parents[2] / "src/OriginWatch/Trust/Roots"
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--package")
    parser.add_argument("--suite")
    parser.add_argument("--library")
    parser.add_argument("--source")
    parser.add_argument("--date")
    parser.add_argument("--if-changed", action="store_true")
    parser.add_argument("--out", type=pathlib.Path, default=default)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if arguments.package:
            library, source, package_hash, date = download(arguments.package, arguments.suite, folder)
        elif arguments.library and arguments.source and arguments.date:
            library, source, package_hash, date = arguments.library, arguments.source, None, arguments.date
        else:
            parser.error("either --package, or --library, --source and --date")
        date = datetime.date.fromisoformat(arguments.date or date).isoformat()
        write(Builtins(library), source, package_hash, date, arguments.out, arguments.if_changed)


if __name__ == "__main__":
    main()
