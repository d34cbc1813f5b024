#!/usr/bin/env bash
# The completion scripts in the shells that they are for: completion.sh PROGRAM, where PROGRAM starts the command line.
# Shells that are not installed are named and skipped.
set -uo pipefail
program=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
printf '#!/bin/sh\nexec %s "$@"\n' "$program" >"$work/originwatch"
chmod +x "$work/originwatch"
export PATH=$work:$PATH
failed=0
expect() {
  if [[ " $(tr '\n' ' ' <<<"$3") " == *" $2 "* ]]; then
    echo "ok     completion, $1"
  else
    echo "FAILED completion, $1: no $2 among: $3"
    failed=1
  fi
}

for line in 'originwatch sc:scan' 'originwatch scan --fail-on-u:--fail-on-undetermined' 'originwatch rules OW30:OW301'; do
  typed=${line%:*}
  wanted=${line##*:}
  expect "bash, $typed" "$wanted" "$(bash -c '
    source <(originwatch completion bash)
    COMP_LINE=$1 COMP_POINT=${#1}
    read -ra COMP_WORDS <<<"$1"
    COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
    _originwatch
    printf "%s\n" "${COMPREPLY[@]}"' _ "$typed")"
  if command -v fish >/dev/null; then
    expect "fish, $typed" "$wanted" "$(HOME=$work fish --no-config -c 'originwatch completion fish | source; complete -C "$argv[1]"' "$typed" | cut -f1)"
  fi
  if command -v zsh >/dev/null; then
    expect "zsh, $typed" "$wanted" "$(zsh -fc '
      compdef() { :; }
      compadd() { shift; print -l -- "$@"; }
      _files() { :; }
      source <(originwatch completion zsh)
      BUFFER=$1 CURSOR=${#1}
      _originwatch' _ "$typed")"
  fi
done
for shell in fish zsh; do command -v $shell >/dev/null || echo "       completion, $shell: not installed, skipped"; done
exit $failed
