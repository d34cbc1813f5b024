#!/usr/bin/env python3
"""Writes what tests/edge/check.sh needs into the working folder: certificates, the listing, and the configurations of nginx, dnsmasq and nftables.

Usage: world.py ORIGINS.tsv FOLDER
"""
import datetime
import json
import os
import pathlib
import shutil
import subprocess
import sys

PROBE, EDGE = "10.91.1.2", "10.91.2.2"  # the sources that origins see
EDGE_FOR_VIEWERS = "10.91.3.2"
PER_DISTRIBUTION = 5
ALIAS = "www.shop.example"
HEADERS_MODULE = "/usr/lib/nginx/modules/ngx_http_headers_more_filter_module.so"
EC = ("-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256")
NOW = datetime.datetime.now(datetime.timezone.utc)

# What the edge says in the place of CloudFront: our own words around the key phrases of its pages.
NO_NAME = "This edge was not able to resolve the origin domain name."
NO_CONNECTION = "This edge attempted to establish a connection with the origin, and that failed or ended early."


class Origin:
    def __init__(self, number, line):
        self.id, how, self.verdict, self.answer, self.rules = line.split("\t")
        self.flags = dict(flag.partition("=")[::2] for flag in how.split())
        self.address = f"10.91.8.{number + 1}"
        self.distribution = number // PER_DISTRIBUTION
        self.is_default = number % PER_DISTRIBUTION == 0
        self.name = f"{self.id}.origins.example"

    def has(self, *flags):
        return any(flag in self.flags for flag in flags)

    @property
    def listens(self):
        return not self.has("silent", "closed", "unnamed")


def read(path):
    lines = [line for line in pathlib.Path(path).read_text().splitlines() if line and not line.startswith("#")]
    return [Origin(number, line) for number, line in enumerate(lines)]


def openssl(*arguments, text=None):
    subprocess.run(["openssl", *arguments], check=True, capture_output=True, input=text, text=True)


def date(days):
    return (NOW + datetime.timedelta(days=days)).strftime("%Y%m%d%H%M%SZ")


def certificate(name, subject, issuer=None, from_days=-30, days=60, extension="basicConstraints=critical,CA:TRUE", key=None):
    """Writes NAME.key and NAME.pem; without an issuer the certificate is self-signed. Servers share their keys, which takes less time."""
    if key:
        shutil.copy(key, f"{name}.key")
    else:
        openssl("genpkey", *EC, "-out", f"{name}.key")
    openssl("req", "-new", "-key", f"{name}.key", "-subj", f"/CN={subject}", "-out", f"{name}.csr")
    config = "[ca]\ndefault_ca=it\n[it]\nnew_certs_dir=.\ndatabase=index.txt\nunique_subject=no\nrand_serial=yes\ndefault_md=sha256\npolicy=any\n[any]\ncommonName=supplied\n[ext]\n" + extension + "\n"
    pathlib.Path(f"{name}.cnf").write_text(config)
    pathlib.Path("index.txt").write_text("")
    signer = ["-selfsign", "-keyfile", f"{name}.key"] if issuer is None else ["-cert", f"{issuer}.pem", "-keyfile", f"{issuer}.key"]
    openssl("ca", "-batch", "-notext", "-config", f"{name}.cnf", "-extensions", "ext", "-in", f"{name}.csr", "-out", f"{name}.pem",
            "-startdate", date(from_days), "-enddate", date(days), *signer)


def leaf(name, covers, **how):
    certificate(name, covers.split(",")[0], extension=f"basicConstraints=CA:FALSE\nsubjectAltName={','.join('DNS:' + host for host in covers.split(','))}", **how)


def write_certificates(origins, viewer_names):
    openssl("genpkey", *EC, "-out", "ec.key")
    openssl("genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048", "-out", "rsa.key")
    certificate("root", "Edge Test Root", days=3000)
    certificate("issuing", "Edge Test Issuing CA", "root", days=1000)
    certificate("upper", "Edge Test Upper CA", "root", days=1000)
    certificate("lower", "Edge Test Lower CA", "upper", days=1000)
    certificate("unknown", "Internal Root CA", days=1000)
    leaf("edge", ",".join(viewer_names), issuer="issuing")
    certificate("clients", "CloudFront Client CA", days=1000)
    leaf("client", "client.example", issuer="clients")
    for origin in origins:
        if origin.listens and not origin.has("clear", "http"):
            write_chain(origin)
    chain("edge-chain", "edge", "issuing")


def write_chain(origin):
    shape = origin.flags.get("chain", "")
    issuer = {"self": None, "unknown": "unknown", "disorder": "lower"}.get(shape, "issuing")
    leaf(origin.id, origin.flags.get("cert", origin.name), issuer=issuer,
         from_days=int(origin.flags.get("from", -30)), days=int(origin.flags.get("days", 60)),
         key="ec.key" if origin.has("ecdsa") else "rsa.key")
    chain(f"{origin.id}-chain", origin.id, *{"self": [], "alone": [], "unknown": ["unknown"], "disorder": ["upper", "lower"]}.get(shape, ["issuing"]))


def chain(name, *parts):
    pathlib.Path(f"{name}.pem").write_text("".join(pathlib.Path(f"{part}.pem").read_text() for part in parts))


def write_listing(origins, domains):
    items = []
    for number, domain in enumerate(domains):
        own = [origin for origin in origins if origin.distribution == number]
        aliases = [ALIAS] if any(origin.has("host") for origin in own) else []
        items.append({
            "Id": f"EEDGE{number}", "ARN": f"arn:aws:cloudfront::123456789012:distribution/EEDGE{number}", "Status": "Deployed", "DomainName": domain, "Enabled": True, "Staging": False, "Comment": "",
            "Aliases": items_of(aliases), "Origins": items_of([origin_of(origin) for origin in own]), "OriginGroups": items_of([]), "CustomErrorResponses": items_of([]),
            "DefaultCacheBehavior": behavior_of(own[0]), "CacheBehaviors": items_of([{"PathPattern": f"/{origin.id}/*", **behavior_of(origin)} for origin in own[1:]]),
        })
    pathlib.Path("listing.json").write_text(json.dumps({"DistributionList": {"Items": items}}, indent=1))


def items_of(values):
    return {"Quantity": len(values), "Items": values} if values else {"Quantity": 0}


def origin_of(origin):
    shared = {"Id": origin.id, "DomainName": origin.name, "OriginPath": "", "ConnectionAttempts": 1, "ConnectionTimeout": 1, "CustomHeaders": items_of([]), "OriginShield": {"Enabled": False}}
    if origin.has("vpc"):
        return {**shared, "VpcOriginConfig": {"VpcOriginId": f"vo_{origin.id}", "OriginReadTimeout": 5, "OriginKeepaliveTimeout": 5}}
    mutual = {"OriginMtlsConfig": {"ClientCertificateArn": "arn:aws:acm:us-east-1:123456789012:certificate/1"}} if origin.has("mutual") else {}
    return {**shared, "CustomOriginConfig": {
        "HTTPPort": 80, "HTTPSPort": 443, "OriginProtocolPolicy": "http-only" if origin.has("http") else "https-only", "OriginSslProtocols": items_of(["TLSv1.2"]),
        "OriginReadTimeout": 5, "OriginKeepaliveTimeout": 5, **mutual}}


def behavior_of(origin):
    return {
        "TargetOriginId": origin.id, "ViewerProtocolPolicy": "https-only", "TrustedSigners": {"Enabled": False, "Quantity": 0}, "TrustedKeyGroups": {"Enabled": False, "Quantity": 0},
        "ForwardedValues": {"QueryString": False, "Cookies": {"Forward": "none"}, "Headers": items_of(["Host"] if origin.has("host") else [])}}


def write_origins(origins):
    """The origins that speak HTTP, as nginx serves them: an unknown path is a 404."""
    servers = []
    for origin in origins:
        if not origin.listens:
            continue
        plain = origin.has("clear", "http")
        lines = [f"listen {origin.address}:{80 if origin.has('http') else 443}{'' if plain else ' ssl'};", f"return {origin.flags.get('status', 404)};"]
        if not plain:
            lines += [f"ssl_certificate {origin.id}-chain.pem;", f"ssl_certificate_key {origin.id}.key;", f"ssl_protocols {origin.flags.get('tls', 'TLSv1.2 TLSv1.3')};"]
        if origin.flags.get("tls") == "TLSv1":
            lines.append("ssl_ciphers DEFAULT:@SECLEVEL=0;")
        if origin.has("mutual"):
            lines += ["ssl_client_certificate clients.pem;", "ssl_verify_client on;"]
        servers.append("  server { " + " ".join(lines) + " }")
    pathlib.Path("origins.conf").write_text(nginx("origins", servers))
    pathlib.Path("silent.txt").write_text("".join(f"{origin.address}\n" for origin in origins if origin.has("silent")))


def nginx(name, lines, head=""):
    """The error log is named on the command line; nothing is written outside the folder."""
    return "\n".join([head + f"daemon off; master_process off; pid {name}.pid;", "events { worker_connections 512; }", "http {",
                      *(f"  {kind}_temp_path {name}-temp;" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")), *lines, "}", ""])


def write_edge(origins, domains):
    """nginx as the edge: OpenSSL judges the origins' certificates, and the headers and pages are shaped as CloudFront's."""
    lines = [
        "  log_format seen '$remote_addr $host \"$request\" $status \"$http_user_agent\"'; access_log edge.log seen;",
        "  resolver 127.0.0.1 ipv6=off; resolver_timeout 2s; proxy_connect_timeout 2s; proxy_read_timeout 2s; proxy_http_version 1.1; proxy_set_header Host $sni; proxy_pass_header Server;",
        "  proxy_ssl_verify on; proxy_ssl_verify_depth 5; proxy_ssl_trusted_certificate root.pem; proxy_ssl_server_name on; proxy_ssl_name $sni; proxy_ssl_session_reuse off; proxy_ssl_protocols TLSv1.2 TLSv1.3;",
        "  ssl_certificate edge-chain.pem; ssl_certificate_key edge.key;",
        "  map $status $cached { ~^[45] Error; default Miss; }",
        f"  map $upstream_addr $sentence {{ ~^[0-9.]+: '{NO_CONNECTION}'; default '{NO_NAME}'; }}",
        '  more_set_headers "X-Cache: $cached from cloudfront" "Via: 1.1 $request_id.cloudfront.net (CloudFront)" "X-Amz-Cf-Pop: LOC50-P1" "X-Amz-Cf-Id: $request_id";',
    ]
    for number, domain in enumerate(domains):
        own = [origin for origin in origins if origin.distribution == number]
        names = [domain] + ([ALIAS] if any(origin.has("host") for origin in own) else [])
        pages = [f'location @{status} {{ default_type text/html; more_set_headers "Server: CloudFront"; return {status} "<p>$sentence</p><pre>Generated by cloudfront (CloudFront)\\nRequest ID: $request_id</pre>"; }}' for status in (502, 504)]
        lines += [f"  server {{ listen {EDGE_FOR_VIEWERS}:443 ssl; server_name {' '.join(names)}; set $sni ''; error_page 502 @502; error_page 504 @504;",
                  *(f"    {line}" for line in [location_of(origin) for origin in own] + pages), "  }"]
    pathlib.Path("edge.conf").write_text(nginx("edge", lines, f"load_module {HEADERS_MODULE};\n"))


def location_of(origin):
    path = "/" if origin.is_default else f"/{origin.id}/"
    client = "proxy_ssl_certificate client.pem; proxy_ssl_certificate_key client.key; " if origin.has("mutual") else ""
    scheme = "http" if origin.has("http") else "https"
    return f"location {path} {{ set $sni {'$host' if origin.has('host') else origin.name}; set $origin {origin.name}; {client}proxy_pass {scheme}://$origin; }}"


def write_network(origins):
    def hosts(leave_out):
        return "".join(f"{origin.address} {origin.name}\n" for origin in origins if not origin.has("unnamed", *leave_out))
    pathlib.Path("probe.hosts").write_text(hosts(["vpc"]))
    pathlib.Path("edge.hosts").write_text(hosts(["private"]))
    gated = ", ".join(origin.address for origin in origins if origin.has("gated"))
    pathlib.Path("allow-list.nft").write_text(f"table inet allow {{\n chain input {{\n  type filter hook input priority 0\n  ip daddr {{ {gated} }} ip saddr != {EDGE} drop\n }}\n}}\n")
    pathlib.Path("addresses.txt").write_text("".join(f"{origin.address}\n" for origin in origins))


def main():
    origins = read(sys.argv[1])
    domains = [f"d{number}edge.cloudfront.net" for number in range((len(origins) + PER_DISTRIBUTION - 1) // PER_DISTRIBUTION)]
    write_certificates(origins, [*domains, ALIAS])
    write_listing(origins, domains)
    write_origins(origins)
    write_edge(origins, domains)
    write_network(origins)
    pathlib.Path("resolve.txt").write_text("".join(f"--resolve\n{domain}:443:{EDGE_FOR_VIEWERS}\n" for domain in domains))


if __name__ == "__main__":
    table = os.path.abspath(sys.argv[1])
    os.chdir(sys.argv[2])
    sys.argv[1] = table
    main()
