#!/usr/bin/env bash
# Installs what the tests drive with Node (tests/node/README.md), unless it is there as the lock file has it. Runs no scripts of packages.
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")/../tests/node" && pwd)"
cd "$here"
for tool in node npm; do
  command -v "$tool" >/dev/null || { echo "test: $tool is missing. Run as root: apt-get install -y --no-install-recommends nodejs npm" >&2; exit 69; }
done
# Two test programs that begin at the same moment take turns.
exec 9>node_modules.lock
flock 9
cmp -s package-lock.json node_modules/installed.lock && exit 0
npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >&2 || { echo "test: npm could not install what tests/node/package-lock.json names" >&2; exit 69; }
cp package-lock.json node_modules/installed.lock
