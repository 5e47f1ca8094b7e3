# Makes a .deb with dpkg-deb: the program in /usr/lib/maysend, law and samples beside it, a hardened unit, and a user of its own.
debian() { # SOURCE ARCHITECTURE PROGRAM TARGET
  local source="$1" stage
  stage="$(mktemp -d)"
  install -D -m755 "$3" "$stage/usr/lib/maysend/maysend"
  cp -r "$source/law" "$stage/usr/lib/maysend/law"
  # Where this machine can run the program: the law as it understands it.
  if [ "$2" = "$(dpkg --print-architecture)" ]; then
    MAYSEND_HOME="$stage/usr/lib/maysend" "$stage/usr/lib/maysend/maysend" law compile >&2
    chmod 644 "$stage/usr/lib/maysend/law.compiled"
  fi
  mkdir -p "$stage/usr/lib/maysend/samples" "$stage/usr/bin"
  cp -r "$source/samples/online-retail" "$stage/usr/lib/maysend/samples/online-retail"
  printf '#!/bin/sh\nMAYSEND_HOME=${MAYSEND_HOME:-/usr/lib/maysend} exec /usr/lib/maysend/maysend "$@"\n' >"$stage/usr/bin/maysend"
  chmod 755 "$stage/usr/bin/maysend"
  install -D -m644 "$source/eng/package/maysend.service" "$stage/usr/lib/systemd/system/maysend.service"
  install -D -m644 "$source/eng/package/default" "$stage/etc/default/maysend"
  install -D -m644 "$source/LICENSE" "$stage/usr/share/doc/maysend/copyright"
  install -D -m644 -t "$stage/usr/share/doc/maysend/monitoring" "$source/eng/monitoring/grafana.json" "$source/eng/monitoring/alerts.yaml"
  gzip -n9c "$source/CHANGELOG.md" >"$stage/usr/share/doc/maysend/changelog.gz"
  mkdir -p "$stage/DEBIAN"
  for script in postinst prerm postrm; do install -m755 "$source/eng/package/$script" "$stage/DEBIAN/$script"; done
  echo /etc/default/maysend >"$stage/DEBIAN/conffiles"
  sed "s/@VERSION@/$version/; s/@ARCHITECTURE@/$2/; s/@SIZE@/$(du -sk --apparent-size --exclude=DEBIAN "$stage" | cut -f1)/" \
    "$source/eng/package/control" >"$stage/DEBIAN/control"
  find "$stage" -type d -exec chmod 755 {} +
  find "$stage/usr/lib/maysend/law" "$stage/usr/lib/maysend/samples" "$stage/usr/share" -type f -exec chmod 644 {} +
  find "$stage" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
  dpkg-deb --root-owner-group -Zzstd -z9 --build "$stage" "$4" >&2
  rm -rf "$stage"
}
