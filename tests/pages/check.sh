#!/usr/bin/env bash
# Renders the sample reports and looks at them with real consumers.
#   tests/pages/check.sh [FOLDER]     FOLDER keeps the reports and screenshots
# Needs chromium, java, node and npm. Nothing is installed inside the repository.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
folder=${1:-$(mktemp -d)}
tools=${ORIGINWATCH_PAGE_TOOLS:-${XDG_CACHE_HOME:-$HOME/.cache}/originwatch-pages}
for need in node npm java "${CHROMIUM:-chromium}"; do
  command -v "$need" > /dev/null || { echo "tests/pages needs $need" >&2; exit 2; }
done
mkdir -p "$folder" "$tools"
cp "$here"/package.json "$here"/*.mjs "$tools"
[ -d "$tools/node_modules/vnu-jar" ] || npm install --prefix "$tools" --ignore-scripts --no-audit --no-fund --silent
ORIGINWATCH_RENDERED=$folder dotnet test "$here/../OriginWatch.Tests" --filter FullyQualifiedName~RenderedFilesTests > /dev/null
failed=0
node "$tools/browser.mjs" "$folder" || failed=1
(cd "$tools" && npx --no-install html-validate --config "$here/htmlvalidate.json" "$folder"/*.html) || failed=1
java -jar "$tools/node_modules/vnu-jar/build/dist/vnu.jar" --stdout --format text "$folder"/*.html || failed=1
[ "$failed" = 0 ] && echo "All checks passed; the reports are in $folder" || echo "Some checks failed; the reports are in $folder"
exit $failed
