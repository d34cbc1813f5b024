#!/usr/bin/env bash
# Probes real servers (nginx, haproxy, stunnel, openssl s_server, gnutls-serv, Java) in every version and suite that each can
# serve, with several shapes of chain, and compares with sslscan and with s2n-tls, Amazon's TLS library (amazon.cjs). Everything runs in a network namespace of its own.
#   tests/matrix/run.sh [FOLDER]        exit code 0 when nothing is missed
#   tests/matrix/run.sh --compare ONE OTHER [FOLDER]
#       instead scans the same servers with two builds of the command line; exit code 0 when they say the same of each.
#       tests/publish/check.sh compares the build that runs on the runtime with the Native AOT one in this way.
# Servers and clients that are not installed are left out, and said so.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
crt=1.33.2
npm=$here/../../.artifacts/aws-crt-$crt
if [ "${MATRIX_NAMESPACE:-}" != yes ]; then
  if [ "${1:-}" != --compare ]; then
    dotnet build "$here/../OriginWatch.Matrix" --configuration Release --verbosity quiet --nologo
    [ -d "$npm/node_modules/aws-crt" ] || npm install --prefix "$npm" --ignore-scripts --no-audit --no-fund --silent "aws-crt@$crt" || true
  fi
  export MATRIX_NAMESPACE=yes
  exec unshare --net ${MATRIX_UNSHARE:-} -- "$0" "$@"
fi
ip link set lo up
programs=()
if [ "${1:-}" = --compare ]; then
  programs=("$(realpath "$2")" "$(realpath "$3")")
  shift 3
fi
work=${1:-$(mktemp -d)}
mkdir -p "$work"
cd "$work"
rm -f plan.tsv sslscan-*.txt amazon.tsv
pids=()
trap 'kill "${pids[@]}" 2>/dev/null || true' EXIT
port=20000
has() { command -v "$1" >/dev/null || { echo "left out: $1 is not installed"; return 1; }; }
start() { "$@" >>servers.log 2>&1 & pids+=($!); }

# --- certificates: a root, an intermediate, and a leaf of each kind; chains as files ---
ca() { # name, issuer or nothing
  openssl ecparam -name prime256v1 -genkey -noout -out "$1.key"
  if [ -z "${2:-}" ]; then
    openssl req -x509 -new -key "$1.key" -subj "/CN=Matrix $1" -days 30 -addext basicConstraints=critical,CA:TRUE -out "$1.pem"
  else
    openssl req -new -key "$1.key" -subj "/CN=Matrix $1" -out "$1.csr"
    openssl x509 -req -in "$1.csr" -CA "$2.pem" -CAkey "$2.key" -CAcreateserial -days 30 -extfile <(echo basicConstraints=critical,CA:TRUE) -out "$1.pem" 2>/dev/null
  fi
}
leaf() { # name, key options
  openssl genpkey -out "$1.key" "${@:2}" 2>/dev/null
  openssl req -new -key "$1.key" -subj /CN=matrix.example.test -out "$1.csr"
  openssl x509 -req -in "$1.csr" -CA issuing.pem -CAkey issuing.key -CAcreateserial -days 20 -extfile <(echo subjectAltName=DNS:matrix.example.test) -out "$1.pem" 2>/dev/null
  cat "$1.pem" issuing.pem >"$1-full.pem"
  cp "$1.pem" "$1-alone.pem"
  cat "$1.pem" root.pem issuing.pem >"$1-disorder.pem"
  cat "$1.pem" issuing.pem issuing.pem root.pem >"$1-doubled.pem"
}
ca root
ca issuing root
leaf rsa -algorithm RSA -pkeyopt rsa_keygen_bits:2048
leaf ecdsa -algorithm EC -pkeyopt ec_paramgen_curve:prime256v1

# --- what OpenSSL 3 can serve of what CloudFront offers ---
rsa12="ECDHE-RSA-AES128-GCM-SHA256 ECDHE-RSA-AES256-GCM-SHA384 ECDHE-RSA-AES128-SHA256 ECDHE-RSA-AES256-SHA384 ECDHE-RSA-AES128-SHA ECDHE-RSA-AES256-SHA AES128-GCM-SHA256 AES256-GCM-SHA384 AES128-SHA256 AES128-SHA AES256-SHA"
ecdsa12="ECDHE-ECDSA-AES128-GCM-SHA256 ECDHE-ECDSA-AES256-GCM-SHA384 ECDHE-ECDSA-AES128-SHA256 ECDHE-ECDSA-AES256-SHA384 ECDHE-ECDSA-AES128-SHA ECDHE-ECDSA-AES256-SHA"
rsa10="ECDHE-RSA-AES128-SHA ECDHE-RSA-AES256-SHA AES128-SHA AES256-SHA"
ecdsa10="ECDHE-ECDSA-AES128-SHA ECDHE-ECDSA-AES256-SHA"
suites13="TLS_AES_128_GCM_SHA256 TLS_AES_256_GCM_SHA384 TLS_CHACHA20_POLY1305_SHA256"
openssl_cases() { # prints: version suite key chain
  local key version suite shape
  for suite in $rsa12; do echo "TLSv1.2 $suite rsa full"; done
  for suite in $ecdsa12; do echo "TLSv1.2 $suite ecdsa full"; done
  for version in TLSv1 TLSv1.1; do
    for suite in $rsa10; do echo "$version $suite rsa full"; done
    for suite in $ecdsa10; do echo "$version $suite ecdsa full"; done
  done
  for suite in $suites13; do for key in rsa ecdsa; do echo "TLSv1.3 $suite $key full"; done; done
  for shape in alone disorder doubled; do
    echo "TLSv1.2 ECDHE-RSA-AES128-GCM-SHA256 rsa $shape"
    echo "TLSv1.3 TLS_AES_128_GCM_SHA256 ecdsa $shape"
  done
}
plan() { printf '%s\t%s\t%s\t%s\t%s\t%s\n' "$1" "$port" "$2" "$3" "$4" "${5:-all}" >>plan.tsv; }

nginx_config() {
  echo "daemon off; master_process off; pid $work/nginx.pid; error_log $work/nginx.log; events { worker_connections 512; } http { access_log off;"
  while read -r version suite key shape; do
    port=$((port + 1)); plan nginx "$version" "$suite" "$key-$shape.pem"
    ciphers="ssl_ciphers $suite:@SECLEVEL=0;"
    [ "$version" = TLSv1.3 ] && ciphers="ssl_conf_command Ciphersuites $suite;"
    echo "server { listen 127.0.0.1:$port ssl; ssl_protocols $version; $ciphers ssl_certificate $work/$key-$shape.pem; ssl_certificate_key $work/$key.key; }"
  done < <(openssl_cases)
  echo "}"
}
haproxy_config() {
  printf 'global\n  maxconn 500\n  tune.ssl.default-dh-param 2048\ndefaults\n  mode http\n  timeout client 20s\n  timeout server 20s\n  timeout connect 5s\n'
  while read -r version suite key shape; do
    port=$((port + 1)); plan haproxy "$version" "$suite" "$key-$shape.pem"
    cat "$key-$shape.pem" "$key.key" >"haproxy-$key-$shape.pem"
    name=${version/TLSv1/TLSv1.}; name=${name/../.}; [ "$version" = TLSv1 ] && name=TLSv1.0
    ciphers="ciphers $suite:@SECLEVEL=0"
    [ "$version" = TLSv1.3 ] && ciphers="ciphersuites $suite"
    printf 'frontend f%s\n  bind 127.0.0.1:%s ssl crt %s ssl-min-ver %s ssl-max-ver %s %s\n  http-request return status 200\n' "$port" "$port" "$work/haproxy-$key-$shape.pem" "$name" "$name" "$ciphers"
  done < <(openssl_cases)
}
stunnel_config() {
  printf 'foreground = yes\npid =\n'
  while read -r version suite key shape; do
    port=$((port + 1)); plan stunnel "$version" "$suite" "$key-$shape.pem"
    ciphers="ciphers = $suite:@SECLEVEL=0"
    [ "$version" = TLSv1.3 ] && ciphers="ciphersuites = $suite"
    printf '[s%s]\naccept = 127.0.0.1:%s\nconnect = 127.0.0.1:9\ncert = %s\nkey = %s\nsslVersionMin = %s\nsslVersionMax = %s\n%s\n' "$port" "$port" "$work/$key-$shape.pem" "$work/$key.key" "$version" "$version" "$ciphers"
  done < <(openssl_cases)
}
s_servers() {
  while read -r version suite key shape; do
    port=$((port + 1)); plan s_server "$version" "$suite" "$key-$shape.pem"
    flag=-${version,,}; flag=${flag/v1/1}; flag=${flag/1./1_}
    ciphers=(-cipher "$suite:@SECLEVEL=0"); [ "$version" = TLSv1.3 ] && ciphers=(-ciphersuites "$suite")
    chain=(); [ "$shape" = full ] && chain=(-cert_chain issuing.pem)
    start openssl s_server -accept "127.0.0.1:$port" -www -cert "$key.pem" "${chain[@]}" -key "$key.key" "$flag" "${ciphers[@]}"
  done < <(openssl_cases | grep -v -e disorder -e doubled)
}
gnutls_servers() {
  local kx version suite key
  while read -r version suite key kx cipher mac; do
    port=$((port + 1)); plan gnutls-serv "$version" "$suite" "$key-full.pem"
    start gnutls-serv --quiet --echo --port "$port" --x509certfile "$key-full.pem" --x509keyfile "$key.key" \
      --priority "NONE:+VERS-TLS$([ "$version" = TLSv1 ] && echo 1.0 || echo "${version#TLSv}"):+$kx:+$cipher:+$mac:+SIGN-ALL:+COMP-NULL:+GROUP-ALL:+CTYPE-X509:%VERIFY_ALLOW_SIGN_WITH_SHA1"
  done < <(
    for version in TLSv1.0 TLSv1.1 TLSv1.2; do
      out=${version/TLSv1.0/TLSv1}
      echo "$out DES-CBC3-SHA rsa RSA 3DES-CBC SHA1"
      echo "$out RC4-MD5 rsa RSA ARCFOUR-128 MD5"
      echo "$out AES128-SHA rsa RSA AES-128-CBC SHA1"
      echo "$out AES256-SHA rsa RSA AES-256-CBC SHA1"
      echo "$out ECDHE-RSA-AES128-SHA rsa ECDHE-RSA AES-128-CBC SHA1"
      echo "$out ECDHE-ECDSA-AES256-SHA ecdsa ECDHE-ECDSA AES-256-CBC SHA1"
    done
    echo "TLSv1.2 ECDHE-RSA-AES128-GCM-SHA256 rsa ECDHE-RSA AES-128-GCM AEAD"
    echo "TLSv1.2 ECDHE-ECDSA-AES256-GCM-SHA384 ecdsa ECDHE-ECDSA AES-256-GCM AEAD"
    echo "TLSv1.2 ECDHE-ECDSA-AES128-SHA256 ecdsa ECDHE-ECDSA AES-128-CBC SHA256"
    echo "TLSv1.3 TLS_AES_128_GCM_SHA256 rsa ECDHE-RSA AES-128-GCM AEAD"
    echo "TLSv1.3 TLS_AES_256_GCM_SHA384 ecdsa ECDHE-ECDSA AES-256-GCM AEAD"
  )
}
java_server() { # one server with every suite that Java has: one suite is offered at a time
  openssl pkcs12 -export -inkey rsa.key -in rsa-full.pem -passout pass:matrix -out rsa.p12
  port=$((port + 1))
  for version in SSLv3 TLSv1 TLSv1.1 TLSv1.2; do
    for suite in AES128-SHA AES256-SHA DES-CBC3-SHA RC4-MD5; do plan java "$version" "$suite" rsa-full.pem one; done
  done
  start java "$here/AllVersionsServer.java" "$work/rsa.p12" matrix "$port" SSLv3 TLSv1 TLSv1.1 TLSv1.2
}

if has nginx; then nginx_config >nginx.conf; start nginx -e "$work/nginx.log" -c "$work/nginx.conf"; fi
if has haproxy; then haproxy_config >haproxy.cfg; start haproxy -db -f haproxy.cfg; fi
if has stunnel4; then stunnel_config >stunnel.conf; start stunnel4 stunnel.conf; fi
if has openssl; then s_servers; fi
if has gnutls-serv; then gnutls_servers; fi
if has java; then java_server; fi

# --- wait until every port listens, then let sslscan look, then the prober ---
for _ in $(seq 300); do
  missing=0
  for p in $(cut -f2 plan.tsv | sort -u); do
    grep -q "$(printf ':%04X .* 0A' "$p")" /proc/net/tcp /proc/net/tcp6 || missing=$((missing + 1))
  done
  [ "$missing" = 0 ] && break
  sleep 0.2
done
[ "$missing" = 0 ] || echo "$missing ports do not listen; see $work/servers.log"
if [ ${#programs[@]} != 0 ]; then
  python3 "$here/compare.py" "$PWD" "${programs[@]}"
  exit
fi
if [ -d "$npm/node_modules/aws-crt" ]; then
  NODE_PATH=$npm/node_modules node --no-deprecation "$here/amazon.cjs" "$work"
else
  echo 'left out: aws-crt is not installed'
fi
if has sslscan; then
  cut -f2 plan.tsv | sort -u | xargs -P 4 -I{} sh -c 'timeout 120 sslscan --no-colour --no-check-certificate --no-heartbleed --no-groups --no-fallback --no-renegotiation --no-compression 127.0.0.1:{} >sslscan-{}.txt 2>&1 || true'
fi
dotnet "$here/../../.artifacts/stand-ins/bin/OriginWatch.Matrix/release/OriginWatch.Matrix.dll" "$work"
