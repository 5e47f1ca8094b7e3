# Makes a container archive (OCI) on a root of our own, since no base image is needed for it: the few Debian packages that the program
# loads libraries from, the program, law and samples. Needs root, umoci and the Debian archive.
container() { # SOURCE PROGRAM TARGET
  local stage image part
  if [ "$(id -u)" != 0 ] || ! command -v umoci >/dev/null; then
    say "no container archive: this needs root and Debian's umoci (apt-get install umoci)"
    return 0
  fi
  stage="$(mktemp -d)"; image="$stage/image"
  mkdir -p "$stage/debs" "$stage/root/usr/lib/maysend" "$stage/root/data" "$stage/root/tmp" "$stage/root/proc" "$stage/root/dev" "$stage/root/sys"
  (cd "$stage/debs" && apt-get download -qq libc6 libgcc-s1 gcc-12-base libstdc++6 libssl3 zlib1g ca-certificates tzdata) >&2
  for part in "$stage"/debs/*.deb; do dpkg-deb -x "$part" "$stage/root"; done
  rm -rf "$stage"/root/usr/share/doc "$stage"/root/usr/share/man "$stage"/root/usr/share/lintian "$stage"/root/usr/share/bug
  cat "$stage"/root/usr/share/ca-certificates/mozilla/*.crt >"$stage/certificates"
  install -D -m644 "$stage/certificates" "$stage/root/etc/ssl/certs/ca-certificates.crt"
  printf 'maysend:x:10001:10001::/data:/usr/sbin/nologin\n' >"$stage/root/etc/passwd"
  printf 'maysend:x:10001:\n' >"$stage/root/etc/group"
  install -m755 "$2" "$stage/root/usr/lib/maysend/maysend"
  tar -C "$stage/root/usr/lib/maysend" -xzf "$1/artifacts/home.tar.gz"
  MAYSEND_HOME="$stage/root/usr/lib/maysend" "$stage/root/usr/lib/maysend/maysend" law compile >&2
  chown -R 0:0 "$stage/root"; chown 10001:10001 "$stage/root/data"; chmod 700 "$stage/root/data"; chmod 1777 "$stage/root/tmp"
  find "$stage/root" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
  umoci init --layout "$image" >&2
  umoci new --image "$image:$version" >&2
  umoci insert --image "$image:$version" --rootless=false --history.created "$(date -u -d "@$SOURCE_DATE_EPOCH" +%FT%TZ)" "$stage/root" / >&2
  umoci config --image "$image:$version" --created "$(date -u -d "@$SOURCE_DATE_EPOCH" +%FT%TZ)" --history.created "$(date -u -d "@$SOURCE_DATE_EPOCH" +%FT%TZ)" \
    --config.user 10001:10001 --config.workingdir /data --config.volume /data --config.exposedports 8080/tcp \
    --config.env MAYSEND_HOME=/usr/lib/maysend --config.env DOTNET_BUNDLE_EXTRACT_BASE_DIR=/tmp --config.env HOME=/data --config.env DOTNET_TieredPGO=1 --config.env DOTNET_gcServer=0 --config.env DOTNET_gcConcurrent=1 \
    --config.entrypoint /usr/lib/maysend/maysend --config.cmd serve --config.cmd=--data --config.cmd=/data --config.cmd=--urls --config.cmd=http://0.0.0.0:8080 >&2
  umoci gc --layout "$image" >&2
  tar -C "$image" --sort=name --mtime="@$SOURCE_DATE_EPOCH" --owner=0 --group=0 --numeric-owner --mode=u=rwX,go=rX --format=ustar -cf "$3" .
  rm -rf "$stage"
}
