#!/usr/bin/env bash
# Runs the Makefile target of `sam build` on a copy of src/ alone, with the stand-ins, and looks at what it would deploy.
# Then asks for the same without the permission to publish stand-ins, which must fail.
set -euo pipefail
top=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp -r "$top/src" "$work/src"

make -C "$work/src" build-OriginWatchFunction ARTIFACTS_DIR="$work/out" RID="${RID:-linux-x64}" AWS_PACKAGES=stand-ins PUBLISH_FLAGS='-p:AllowStandInPublish=true --nologo --verbosity quiet'
for file in OriginWatch.Aws.dll OriginWatch.Aws.runtimeconfig.json OriginWatch.Aws.deps.json OriginWatch.dll NOT-FOR-DEPLOYMENT; do
  [ -f "$work/out/$file" ] || { echo "publish: $file is missing"; exit 1; }
done
grep -q '"name": "Microsoft.NETCore.App"' "$work/out/OriginWatch.Aws.runtimeconfig.json" || { echo 'publish: no framework in runtimeconfig.json'; exit 1; }
grep -q '"System.Runtime.TieredCompilation.CallCountingDelayMs": 10' "$work/out/OriginWatch.Aws.runtimeconfig.json" || { echo 'publish: no settings in runtimeconfig.json'; exit 1; }
(cd "$work/out" && python3 -m zipfile -c "$work/function.zip" .)
size=$(stat -c %s "$work/function.zip")
[ "$size" -le 12000000 ] || { echo "publish: the zip has $size bytes, more than 12 MB"; exit 1; }
echo "publish: a zip of $((size / 1024)) KiB"
echo "publish: $(du -sk "$work/out" | cut -f1) KiB in $(find "$work/out" -type f | wc -l) files"

if make -C "$work/src" build-OriginWatchFunction ARTIFACTS_DIR="$work/refused" RID="${RID:-linux-x64}" AWS_PACKAGES=stand-ins PUBLISH_FLAGS='--nologo --verbosity quiet' >"$work/log" 2>&1; then
  echo 'publish: stand-ins were published without permission'
  exit 1
fi
grep -q 'AwsPackages=official' "$work/log" || { cat "$work/log"; exit 1; }
if make -C "$work/src" build-OriginWatchFunction ARTIFACTS_DIR="$work/typo" AWS_PACKAGES=offical >"$work/log" 2>&1; then
  echo 'publish: a mistyped AwsPackages was accepted'
  exit 1
fi
grep -q "AwsPackages is 'offical'" "$work/log" || { cat "$work/log"; exit 1; }
echo 'publish: ok'
