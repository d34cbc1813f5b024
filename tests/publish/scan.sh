#!/usr/bin/env bash
# The README's scan of a saved listing, by an installed originwatch: one origin, whose port is closed on loopback, so nothing leaves
# the machine.
#   tests/publish/scan.sh FOLDER SEEN COMMAND...    COMMAND stands for `originwatch` and finds FOLDER under the name SEEN
set -euo pipefail
folder=$1
seen=$2
shift 2
fail() { echo "scan: $1"; exit 1; }

cat >"$folder/distributions.json" <<'JSON'
{"DistributionList": {"Quantity": 1, "Items": [{
  "Id": "E1EXAMPLE", "ARN": "arn:aws:cloudfront::123456789012:distribution/E1EXAMPLE", "Status": "Deployed", "Enabled": true,
  "DomainName": "d111111abcdef8.cloudfront.net", "Aliases": {"Quantity": 1, "Items": ["www.example.com"]},
  "Origins": {"Quantity": 1, "Items": [{"Id": "api", "DomainName": "api.example.com", "OriginPath": "", "CustomHeaders": {"Quantity": 0},
    "CustomOriginConfig": {"HTTPPort": 80, "HTTPSPort": 443, "OriginProtocolPolicy": "https-only",
      "OriginSslProtocols": {"Quantity": 1, "Items": ["TLSv1.2"]}, "OriginReadTimeout": 30, "OriginKeepaliveTimeout": 5}}]},
  "DefaultCacheBehavior": {"TargetOriginId": "api", "ViewerProtocolPolicy": "redirect-to-https"}}]}}
JSON
code=0
"$@" scan --inventory "$seen/distributions.json" --output "$seen/report.html" --resolve api.example.com:443:127.0.0.1 --allow-private-addresses \
  >"$folder/scan.txt" || code=$?
[ "$code" = 3 ] || { cat "$folder/scan.txt"; fail "exited with $code, not 3: a Critical finding"; }
head -1 "$folder/scan.txt" | grep -q '^1 of 1 origin fails for viewers now' || { cat "$folder/scan.txt"; fail 'the first line names no failure'; }
grep -q '<html' "$folder/report.html" || fail 'wrote no page'
