#!/usr/bin/env bash
# Packs the command line as a .NET tool, installs it from a folder that holds nothing else, runs the demo and uninstalls it.
#   tests/publish/tool.sh
set -euo pipefail
top=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
fail() { echo "tool: $1"; exit 1; }

dotnet pack "$top/src/OriginWatch.Cli" --output "$work/feed" -p:RunAnalyzers=false --nologo --verbosity quiet
packages=("$work"/feed/*)
[ ${#packages[@]} = 1 ] || fail "packed ${packages[*]}, not one package"
mkdir "$work/empty" && cd "$work/empty"
dotnet tool install originwatch --tool-path "$work/tools" --source "$work/feed" >/dev/null
version=$("$work/tools/originwatch" --version)
wanted=$(sed -n 's|.*<Version>\(.*\)</Version>.*|\1|p' "$top/src/Directory.Build.props")
commit=$(git -C "$top" rev-parse --short=9 HEAD 2>/dev/null) && wanted=$wanted+$commit
[ "$version" = "originwatch $wanted (built with the AWS stand-ins)" ] || fail "says '$version', not $wanted"
"$work/tools/originwatch" demo >"$work/demo.log" || { cat "$work/demo.log"; fail 'the demo failed'; }
[ -s originwatch-demo/report.html ] || fail 'the demo wrote no report'
bash "$top/tests/publish/scan.sh" . . "$work/tools/originwatch"
# On a terminal, where it shows its progress.
script --quiet --return --command "'$work/tools/originwatch' demo --output terminal" /dev/null >"$work/terminal.log" </dev/null || { cat "$work/terminal.log"; fail 'the demo failed on a terminal'; }
grep -q 'probing [0-9]' "$work/terminal.log" || { cat "$work/terminal.log"; fail 'no progress on a terminal'; }
dotnet tool uninstall originwatch --tool-path "$work/tools" >/dev/null
[ ! -e "$work/tools/originwatch" ] || fail 'still there after uninstalling'
echo "tool: ok, $version, $(($(stat -c %s "${packages[0]}") / 1024)) KiB"
