#!/usr/bin/env bash
# Asks an edge of real components about 30 origins (origins.tsv): nginx terminates viewers, OpenSSL in it judges the origins, nftables is
# the allow-list that admits the edge alone, dnsmasq answers the probe and the edge differently. Each has a network namespace of its own.
#   tests/edge/check.sh [PATH-OF-OriginWatch.Cli.dll]      exit code 0 when every verdict is as expected, 77 when namespaces are not permitted
# Installs nftables, iproute2, dnsmasq and nginx with its module for headers where they are missing. Nothing leaves the machine.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
if [ "${EDGE_NAMESPACE:-}" != yes ]; then
  missing=()
  for pair in nft:nftables ip:iproute2 dnsmasq:dnsmasq-base nginx:nginx; do
    command -v "${pair%%:*}" >/dev/null || [ -x "/usr/sbin/${pair%%:*}" ] || missing+=("${pair##*:}")
  done
  [ -e /usr/lib/nginx/modules/ngx_http_headers_more_filter_module.so ] || missing+=(libnginx-mod-http-headers-more-filter)
  if [ ${#missing[@]} != 0 ]; then
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
  fi
  unshare --net --mount --pid --fork true 2>/dev/null || { echo 'network namespaces are not permitted here'; exit 77; }
  dll=${1:-}
  if [ -z "$dll" ]; then
    dotnet build "$here/../../src/OriginWatch.Cli" --nologo -v quiet
    dll=$(find "$here/../../.artifacts" -path '*/bin/OriginWatch.Cli/*' -name OriginWatch.Cli.dll | head -n 1)
  fi
  # Whatever is started below ends with the process namespace.
  EDGE_NAMESPACE=yes exec unshare --net --mount --pid --fork --kill-child --mount-proc -- "$0" "$(realpath "$dll")"
fi
export PATH=$PATH:/usr/sbin:/sbin
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 "$here/world.py" "$here/origins.tsv" "$work"
cd "$work"

# --- three namespaces, each joined to both others; this one is the origins' ---
mount -t tmpfs none /run
mkdir -p /run/netns
ip link set lo up
for name in probe edge; do ip netns add "$name"; ip -n "$name" link set lo up; done
join() { # one end, its address, other end, its address
  ip link add "$1-$3" type veth peer name "$3-$1"
  for end in "$1 $1-$3 $2" "$3 $3-$1 $4"; do
    read -r at device address <<<"$end"
    if [ "$at" = origins ]; then ip addr add "$address/24" dev "$device"; ip link set "$device" up; continue; fi
    ip link set "$device" netns "$at"
    ip -n "$at" addr add "$address/24" dev "$device"
    ip -n "$at" link set "$device" up
  done
}
join origins 10.91.1.1 probe 10.91.1.2
join origins 10.91.2.1 edge 10.91.2.2
join probe 10.91.3.1 edge 10.91.3.2
ip -n probe route add 10.91.8.0/24 via 10.91.1.1
ip -n edge route add 10.91.8.0/24 via 10.91.2.1
while read -r address; do ip addr add "$address/32" dev lo; done <addresses.txt
nft -f allow-list.nft

# --- servers ---
in_() { ip netns exec "$@"; }
nginx -p "$work" -e origins.err -c origins.conf &
in_ edge nginx -p "$work" -e edge.err -c edge.conf &
for name in probe edge; do
  in_ "$name" dnsmasq --keep-in-foreground --conf-file=/dev/null --no-resolv --no-hosts --addn-hosts="$work/$name.hosts" --local=/example/ --listen-address=127.0.0.1 --bind-interfaces --user=root --pid-file= 2>"dnsmasq-$name.err" &
done
python3 -c '
import socket, sys, time
held = [socket.create_server((line.strip(), 443)) for line in open("silent.txt")]
time.sleep(3600)' &
up() { # namespace or nothing, address, port
  for _ in $(seq 100); do ${1:+ip netns exec "$1"} bash -c "exec 3<>/dev/tcp/$2/$3" 2>/dev/null && return 0; sleep 0.1; done
  echo "nothing listens at $2:$3"; cat ./*.err; return 1
}
up '' 10.91.8.1 443
up edge 10.91.3.2 443
for name in probe edge; do up "$name" 127.0.0.1 53; done
>edge.log

# --- the scan, with a proxy in the environment that nobody must use ---
mapfile -t resolve <resolve.txt
code=0
started=$SECONDS
HTTPS_PROXY=http://10.91.1.1:9 https_proxy=http://10.91.1.1:9 in_ probe dotnet "$1" scan --inventory listing.json --edge all --dns 127.0.0.1 --roots root.pem \
  --allow-private-addresses "${resolve[@]}" --format json --quiet >report.json || code=$?
[ "$code" = 3 ] || { echo "exit code $code, expected 3"; head -c 2000 report.json; exit 1; }
echo "scanned in $((SECONDS - started)) s"
python3 "$here/compare.py" "$here/origins.tsv" report.json edge.log
