#!/usr/bin/env bash
# Publishes the command line as one Native AOT file called originwatch: no trim or AOT warning, no larger than it may be, the demo
# comes out as expected, and it says the same of every server of tests/matrix as the build that runs on the runtime. Needs what
# tests/matrix/run.sh needs. Then makes a container image of it, on a base that is made here and served from loopback, and runs the
# image unpacked, as the user that it names.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
top=$(cd "$here/../.." && pwd)
work=$(mktemp -d)
registry=
trap '[ -z "$registry" ] || kill "$registry"; rm -rf "$work"' EXIT
most_mb=25
version=$(sed -n 's|.*<Version>\(.*\)</Version>.*|\1|p' "$top/src/Directory.Build.props")
native=(--configuration Release --runtime "${RID:-linux-x64}" -p:PublishAot=true -p:ArtifactsPath="$work/build" -p:RunAnalyzers=false --nologo --verbosity quiet)
quietly() { "$@" >"$work/log" 2>&1 || { cat "$work/log"; exit 1; }; }

quietly dotnet publish "$top/src/OriginWatch.Cli" --output "$work/out" "${native[@]}"
if grep -E 'warning (IL|CS|AOT)[0-9]+' "$work/log"; then
  echo 'native: published with warnings'
  exit 1
fi
mb=$(($(stat -c %s "$work/out/originwatch") / 1048576))
[ "$mb" -le "$most_mb" ] || { echo "native: $mb MB, more than $most_mb"; exit 1; }
quietly "$work/out/originwatch" demo --output "$work/demo"
(cd "$work/demo" && bash "$here/scan.sh" . . "$work/out/originwatch")
if [ "${1:-}" != --image-only ]; then
  quietly dotnet build "$top/src/OriginWatch.Cli" --configuration Release -p:ArtifactsPath="$work/runtime" -p:RunAnalyzers=false --nologo --verbosity quiet
  bash "$top/tests/matrix/run.sh" --compare "$work/runtime/bin/OriginWatch.Cli/release/OriginWatch.Cli.dll" "$work/out/originwatch" "$work/matrix"
  echo "native: ok, $mb MB, demo and matrix as expected"
fi

# The base: what the executable is linked with, what it loads by name, a user without a name, and a /tmp.
mkdir -p "$work/base"/{app,tmp,etc}
chmod 1777 "$work/base/tmp"
libraries=$({ ldd "$work/out/originwatch" | grep -oE '/[^ ]+'; ldconfig -p | grep -oE '/[^ ]+/lib(ssl|crypto)\.so\.3$'; } | sort -u)
for library in $libraries $(ldd $libraries | grep -oE '/[^ :]+' | sort -u); do
  install -D "$(realpath "$library")" "$work/base$library"
done
python3 "$here/registry.py" "$work/base" "$work/port" & registry=$!
for _ in $(seq 100); do [ -s "$work/port" ] && break; sleep 0.1; done
address=127.0.0.1:$(cat "$work/port")
DOTNET_CONTAINER_INSECURE_REGISTRIES=$address quietly dotnet publish "$top/src/OriginWatch.Cli" /t:PublishContainer "${native[@]}" \
  -p:ContainerBaseImage="$address/base:1" -p:ContainerArchiveOutputPath="$work/image.tar.gz"
mkdir "$work/root"
python3 "$here/unpack.py" "$work/image.tar.gz" "$work/root" "$version"
mkdir -p "$work/root/dev" && mknod -m 666 "$work/root/dev/urandom" c 1 9 # as every container has
quietly chroot --userspec=1654:1654 "$work/root" /app/originwatch --version
grep -q "^originwatch $version" "$work/log" || { cat "$work/log"; exit 1; }
quietly chroot --userspec=1654:1654 "$work/root" /app/originwatch demo --output /tmp/demo
[ -s "$work/root/tmp/demo/report.html" ] || { echo 'image: the demo wrote no report'; exit 1; }
install -d -m 777 "$work/root/work"
bash "$here/scan.sh" "$work/root/work" /work chroot --userspec=1654:1654 "$work/root" /app/originwatch
echo "image: ok, $(($(stat -c %s "$work/image.tar.gz") / 1048576)) MB with the base, runs as 1654"
