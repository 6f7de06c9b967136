#!/usr/bin/env bash
# Make this machine able to run Reelsmith: system packages that wheels cannot replace, a virtual environment, our package.
#   deploy/setup.sh run    what `make demo` and `make up` need
#   deploy/setup.sh test   that, and what the tests need
# Running it again takes no time: a stamp in .venv names the lock file that was installed.
set -euo pipefail
cd "$(dirname "$0")/.."
level=${1:-run}

case $level in
  run) lock=requirements.lock ;;
  test) lock=requirements-dev.lock ;;
  *) echo "usage: deploy/setup.sh run|test" >&2; exit 2 ;;
esac

torch=2.13.0

say() { printf '\033[1m%s\033[0m\n' "$*"; }

# --- system packages -------------------------------------------------------------------------------------------------
declare -A wanted=(
  [fonts-noto-cjk]=/usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc
  [fonts-noto-color-emoji]=/usr/share/fonts/truetype/noto/NotoColorEmoji.ttf
  [libegl1]=/usr/lib/x86_64-linux-gnu/libEGL.so.1
  [libgl1]=/usr/lib/x86_64-linux-gnu/libGL.so.1
  [gcc]=/usr/bin/gcc
  [libc6-dev]=/usr/include/stdlib.h
)
if [ "$level" = test ]; then
  wanted+=(
    [redis-server]=/usr/bin/redis-server
    [postgresql]=/usr/lib/postgresql
    [chromium]=/usr/bin/chromium
  )
fi
missing=()
for package in "${!wanted[@]}"; do
  path=${wanted[$package]}
  [ -e "$path" ] || [ -e "${path/x86_64/aarch64}" ] || missing+=("$package")
done
if ! python3 -c 'import venv, ensurepip' 2>/dev/null; then missing+=(python3-venv); fi
if [ ${#missing[@]} -gt 0 ]; then
  say "Installing system packages: ${missing[*]}"
  if [ "$(id -u)" = 0 ]; then root=(); elif command -v sudo >/dev/null; then root=(sudo); else
    echo "These packages are missing and need root: ${missing[*]}" >&2; exit 1
  fi
  "${root[@]}" apt-get update -qq
  # RUNLEVEL=1 keeps the packages from starting servers on the machine: the tests start their own on free ports.
  "${root[@]}" env DEBIAN_FRONTEND=noninteractive RUNLEVEL=1 \
    apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi

# --- Python ----------------------------------------------------------------------------------------------------------
python=$(command -v python3.11 || command -v python3)
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed" >&2; exit 1; }
stamp=.venv/.installed
current="$level $(cat pyproject.toml "$lock" | sha256sum | cut -c1-16) $PWD"
[ "$level" = run ] && [ -f "$stamp" ] && grep -q "^test " "$stamp" &&
  current="test $(cat pyproject.toml requirements-dev.lock | sha256sum | cut -c1-16) $PWD"
if [ "$(cat "$stamp" 2>/dev/null)" != "$current" ]; then
  say "Installing Python packages from $lock into .venv"
  [ -x .venv/bin/python ] || "$python" -m venv .venv
  .venv/bin/python -m pip install -q --disable-pip-version-check --no-deps --require-hashes -r "$lock"
  .venv/bin/python -m pip install -q --disable-pip-version-check --no-deps -e .
  if [ "$level" = test ]; then
    # Not in the lock: which build fits (CPU or CUDA) is the machine's affair. The tensor executor is tested on whatever it is.
    .venv/bin/python -m pip install -q --disable-pip-version-check "torch==$torch"
  fi
  echo "$current" >"$stamp"
fi
