#!/usr/bin/env bash
# Renders the sample reports and looks at them with real consumers.
#   tests/pages/check.sh [FOLDER]     FOLDER keeps the reports and the screenshots
# Needs dotnet, chromium, java, node and npm. Nothing is installed inside the repository.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
folder=$(realpath -m "${1:-$(mktemp -d)}")
tools=${ORIGINWATCH_PAGE_TOOLS:-${XDG_CACHE_HOME:-$HOME/.cache}/originwatch-pages}
for need in dotnet node npm java "${CHROMIUM:-chromium}"; do
  command -v "$need" > /dev/null || { echo "tests/pages needs $need" >&2; exit 2; }
done
mkdir -p "$folder" "$tools"
cp "$here"/package.json "$here"/htmlvalidate.json "$here"/*.mjs "$tools"
[ -d "$tools/node_modules/vnu-jar" ] || npm install --prefix "$tools" --ignore-scripts --no-audit --no-fund --silent
sarif=$tools/node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool
chmod u+x "$sarif"
ORIGINWATCH_RENDERED=$folder dotnet test "$here/../OriginWatch.Tests" --filter FullyQualifiedName~RenderedFilesTests > "$folder/render.log" \
  || { cat "$folder/render.log"; exit 1; }

failed=0
check() { echo "== $1"; shift; "$@" || failed=1; }

# The Nu checker warns of the style and the script at their start tags, before it has the text whose hash the policy names.
# Whether the hashes are right is for the browser to say: a wrong one is a message on its console, which browser.mjs reports.
nu() { java -jar "$tools/node_modules/vnu-jar/build/dist/vnu.jar" --Werror --filterpattern '.*violates Content Security Policy \(meta tag\).*' "$folder"/*.html; }
html() { (cd "$tools" && node_modules/.bin/html-validate --config htmlvalidate.json "$folder"/*.html); }
sarif() {
  DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 "$sarif" validate "$folder"/*.sarif --output "$folder/sarif-validation.log" --log ForceOverwrite > "$folder/sarif.out" \
    && ! grep -E ': (error|fail)' "$folder/sarif.out" && grep -q 'Analysis completed successfully' "$folder/sarif.out"
}

check "JSON against the program's schema" node "$tools/schemas.mjs" "$folder" "$here/../../src/OriginWatch/Reporting/report.schema.json"
check "SARIF 2.1.0, by the SARIF SDK" sarif
check "html-validate" html
check "the Nu Html Checker" nu
check "Chromium and axe, light and dark" node "$tools/browser.mjs" "$folder"
[ "$failed" = 0 ] && echo "Nothing to report; the reports are in $folder" || echo "There is something to report; the reports are in $folder"
exit $failed
