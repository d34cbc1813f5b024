#!/usr/bin/env bash
# Publishes the command line as one Native AOT file: no trim or AOT warning, no larger than it may be, the demo comes out as expected,
# and it says the same of every server of tests/matrix as the build that runs on the runtime. Needs what tests/matrix/run.sh needs.
set -euo pipefail
top=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
most_mb=25

dotnet publish "$top/src/OriginWatch.Cli" --configuration Release --runtime "${RID:-linux-x64}" --output "$work/out" \
  -p:PublishAot=true -p:ArtifactsPath="$work/build" -p:RunAnalyzers=false --nologo --verbosity quiet >"$work/log" 2>&1 || { cat "$work/log"; exit 1; }
if grep -E 'warning (IL|CS|AOT)[0-9]+' "$work/log"; then
  echo 'aot: published with warnings'
  exit 1
fi

mb=$(($(stat -c %s "$work/out/OriginWatch.Cli") / 1048576))
[ "$mb" -le "$most_mb" ] || { echo "aot: $mb MB, more than $most_mb"; exit 1; }
"$work/out/OriginWatch.Cli" demo --output "$work/demo" >"$work/demo.log" || { cat "$work/demo.log"; exit 1; }
dotnet build "$top/src/OriginWatch.Cli" --configuration Release -p:ArtifactsPath="$work/runtime" -p:RunAnalyzers=false --nologo --verbosity quiet >"$work/log" 2>&1 || { cat "$work/log"; exit 1; }
bash "$top/tests/matrix/run.sh" --compare "$work/runtime/bin/OriginWatch.Cli/release/OriginWatch.Cli.dll" "$work/out/OriginWatch.Cli" "$work/matrix"
echo "aot: ok, $mb MB, demo and matrix as expected"
