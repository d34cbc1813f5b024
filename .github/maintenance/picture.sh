#!/usr/bin/env bash
# Makes the picture of the README out of the demo's page.
#   .github/maintenance/picture.sh     needs dotnet and chromium
set -euo pipefail
top=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
dotnet run --project "$top/src/OriginWatch.Cli" -- demo --output "$work" > /dev/null
"${CHROMIUM:-chromium}" --headless --no-sandbox --disable-gpu --disable-background-networking --disable-component-update --disable-sync --no-first-run \
  --user-data-dir="$work/profile" --hide-scrollbars --window-size=1100,1000 --screenshot="$top/tests/pages/demo.png" "file://$work/report.html" 2> /dev/null
