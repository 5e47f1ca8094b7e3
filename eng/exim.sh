#!/usr/bin/env bash
# Says where Exim is. In Debian it cannot be installed beside Postfix, which the tests drive too: where it is not installed, its package is
# fetched and unpacked under artifacts/exim, and runs from there. Ends with 69 where it cannot be had.
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
if [ -x /usr/sbin/exim4 ]; then echo /usr/sbin/exim4; exit 0; fi
mkdir -p "$here/artifacts/exim"
cd "$here/artifacts/exim"
# Two test programs that begin at the same moment take turns.
exec 9>.lock
flock 9
if [ ! -x usr/sbin/exim4 ]; then
  command -v apt-get dpkg >/dev/null || { echo "exim: it is not installed, and cannot be fetched because this is not Debian" >&2; exit 69; }
  { apt-get download exim4-daemon-light || { apt-get update -qq && apt-get download exim4-daemon-light; }; } >fetched.log 2>&1 &&
    dpkg -x exim4-daemon-light_*.deb unpacked >>fetched.log 2>&1 || { echo "exim: the package exim4-daemon-light cannot be fetched (artifacts/exim/fetched.log)" >&2; exit 69; }
  rm -f exim4-daemon-light_*.deb
  mv unpacked/usr usr
  rm -rf unpacked
fi
if missing="$(ldd usr/sbin/exim4 | grep 'not found')"; then
  echo "exim: libraries are missing: $(awk '{print $1}' <<<"$missing" | tr '\n' ' ')(Debian: libgnutls-dane0 libidn12 libdb5.3)" >&2
  exit 69
fi
# It is built to run as a user that installing the package would have made.
if ! getent passwd Debian-exim >/dev/null; then
  { [ "$(id -u)" = 0 ] && useradd --system --user-group --no-create-home --shell /usr/sbin/nologin Debian-exim >/dev/null 2>&1; } ||
    { echo "exim: the user Debian-exim is missing, and only root can make it" >&2; exit 69; }
fi
echo "$PWD/usr/sbin/exim4"
