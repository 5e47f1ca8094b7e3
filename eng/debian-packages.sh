# Of Debian's two browsers the shell draws pages and nothing else, and asks half of the machine. Where it is not to be had the whole one serves.
prefer_headless_shell() {
  [ -x /usr/bin/chromium-headless-shell ] || [ "$(id -u)" != 0 ] && return 0
  echo "test: installing chromium-headless-shell ..." >&2
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium-headless-shell; } >/dev/null 2>&1 \
    || echo "test: it could not be installed; the tests take longer with chromium" >&2
}
# Debian packages that the tests drive. Sourced by ./test; installs what is missing, or says what to do without the rights.
need_packages() {
  local missing=()
  prefer_headless_shell
  [ -x /usr/bin/chromium-headless-shell ] || command -v chromium >/dev/null || missing+=(chromium)
  [ -x /usr/lib/postgresql/15/bin/postgres ] || command -v postgres >/dev/null || missing+=(postgresql)
  [ -x /usr/sbin/postfix ] || missing+=(postfix)
  [ -x /usr/sbin/dovecot ] || missing+=(dovecot-imapd)
  # Of what Exim needs beside what Postfix brings (eng/exim.sh fetches Exim itself).
  [ -e /usr/share/doc/libgnutls-dane0 ] || missing+=(libgnutls-dane0)
  [ -e /usr/share/doc/libidn12 ] || missing+=(libidn12)
  command -v swaks >/dev/null || missing+=(swaks)
  command -v msmtp >/dev/null || missing+=(msmtp)
  command -v npm >/dev/null || missing+=(nodejs npm)
  [ ${#missing[@]} -eq 0 ] && return 0
  if [ "$(id -u)" != 0 ]; then
    echo "test: these Debian packages are missing: ${missing[*]}. Run as root: apt-get install -y --no-install-recommends ${missing[*]}" >&2
    return 1
  fi
  echo "test: installing ${missing[*]} ..." >&2
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"; } >/dev/null || {
    echo "test: could not install ${missing[*]} with apt-get" >&2; return 1; }
}
