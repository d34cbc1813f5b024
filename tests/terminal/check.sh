#!/usr/bin/env bash
# The command line on terminals of several kinds: what is on the screen at the end, and how it ends.
#   tests/terminal/check.sh [PATH-OF-OriginWatch.Cli.dll]
# Needs dotnet and python3; one run is in tmux where that is installed, and the completion scripts are tried in those of bash, zsh and fish that are installed. Nothing leaves the machine.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
dll=${1:-}
if [ -z "$dll" ]; then
  dotnet build "$here/../../src/OriginWatch.Cli" --nologo -v quiet
  dll=$(find "$here/../../.artifacts" -path '*/bin/OriginWatch.Cli/*' -name OriginWatch.Cli.dll | head -n 1)
fi
dll=$(realpath "$dll")
completion=$(mktemp)
"$here/completion.sh" "dotnet $dll" >"$completion" 2>&1 &
completing=$!
python3 "$here/screens.py" "$dll" && screens=0 || screens=$?
wait $completing && completed=0 || completed=$?
cat "$completion"
rm "$completion"
exit $((screens + completed))
