#!/usr/bin/env bash
# Shows what the program writes and reads to well-known consumers of it.
#   tests/formats/check.sh [FOLDER]     FOLDER keeps the files
# Needs dotnet, node, npm, python3 with botocore, promtool (Debian: prometheus) and cfn-lint. Nothing is installed inside the repository.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
folder=$(realpath -m "${1:-$(mktemp -d)}")
tools=${ORIGINWATCH_FORMAT_TOOLS:-${XDG_CACHE_HOME:-$HOME/.cache}/originwatch-formats}
for need in dotnet node npm python3 promtool cfn-lint; do
  command -v "$need" > /dev/null || { echo "tests/formats needs $need" >&2; exit 2; }
done
mkdir -p "$folder" "$tools"
cp "$here"/package.json "$here"/*.mjs "$tools"
[ -d "$tools/node_modules/junit2json" ] || npm install --prefix "$tools" --ignore-scripts --no-audit --no-fund --silent
ORIGINWATCH_RENDERED=$folder dotnet test "$here/../OriginWatch.Tests" --filter FullyQualifiedName~RenderedFilesTests > "$folder/render.log" \
  || { cat "$folder/render.log"; exit 1; }

failed=0
check() { echo "== $1"; shift; "$@" || failed=1; }

prometheus() {
  local file
  for file in "$folder"/*.prom; do
    promtool check metrics < "$file" || { echo "$file"; return 1; }
  done
}

check "JUnit, by two parsers" node "$tools/junit.mjs" "$folder"
check "Prometheus' text format, by promtool" prometheus
check "ASFF, by the AWS SDK's own service model" python3 "$here/asff.py" "$folder"
check "The CloudFormation sample, by cfn-lint" cfn-lint "$here/../OriginWatch.Tests/Inventory/same/template.yaml"
[ "$failed" = 0 ] && echo "Nothing to report; the files are in $folder" || echo "There is something to report; the files are in $folder"
exit $failed
