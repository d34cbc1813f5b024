#!/usr/bin/env bash
# Shows what the program writes and reads to well-known consumers of it. SARIF and report.json are shown to theirs by tests/pages/check.sh.
#   tests/formats/check.sh [FOLDER]     FOLDER keeps the files
# Needs dotnet, node, npm, python3 with botocore, promtool (Debian: prometheus) and cfn-lint. Nothing is installed inside the repository.
# DOTNET_TEST_OPTIONS=--no-build where the tests are built already.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
top=$(cd "$here/../.." && pwd)
folder=$(realpath -m "${1:-$(mktemp -d)}")
tools=${ORIGINWATCH_FORMAT_TOOLS:-${XDG_CACHE_HOME:-$HOME/.cache}/originwatch-formats}
for need in dotnet node npm python3 promtool cfn-lint; do
  command -v "$need" > /dev/null || { echo "tests/formats needs $need" >&2; exit 2; }
done
mkdir -p "$folder" "$tools"
cp "$here"/*.mjs "$tools"
if ! cmp -s "$here/package.json" "$tools/package.json" || [ ! -d "$tools/node_modules" ]; then
  cp "$here/package.json" "$tools"
  npm install --prefix "$tools" --ignore-scripts --no-audit --no-fund --silent
fi
read -ra options <<< "${DOTNET_TEST_OPTIONS:-}"
ORIGINWATCH_RENDERED=$folder dotnet test "$top/tests/OriginWatch.Tests" "${options[@]}" --filter FullyQualifiedName~RenderedFilesTests > "$folder/render.log" \
  || { cat "$folder/render.log"; exit 1; }
program=$(dirname "$(sed -nE 's/^Test run for (.+) \(.*/\1/p' "$folder/render.log")")/OriginWatch.Cli.dll
dotnet "$program" config --schema > "$folder/originwatch.schema.json"

failed=0
check() { local started=$SECONDS; echo "== $1"; shift; "$@" || failed=1; echo "   $((SECONDS - started)) s"; }

prometheus() {
  local file said
  for file in "$folder"/*.prom; do
    said=$(promtool check metrics < "$file" 2>&1) && [ -z "$said" ] || { echo "$file: $said"; return 1; }
    echo "${file##*/}: taken, without a remark"
  done
}

check "JUnit, by two parsers" node "$tools/junit.mjs" "$folder"
check "Prometheus' text format, by promtool" prometheus
check "ASFF, by the AWS SDK's own service model" python3 "$here/asff.py" "$folder"
check "originwatch.yaml, by ajv and by the program" node "$tools/config.mjs" "$here/config" "$folder/originwatch.schema.json" dotnet "$program"
check "The CloudFormation samples, by cfn-lint" cfn-lint --non-zero-exit-code error "$top/tests/OriginWatch.Tests/Inventory/same/template.yaml"
[ "$failed" = 0 ] && echo "Nothing to report; the files are in $folder" || echo "There is something to report; the files are in $folder"
exit $failed
