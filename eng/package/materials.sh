# Makes the bill of materials (CycloneDX) of what the program is built from.
materials() { # SOURCE TARGET
  (cd "$1" && dotnet tool restore >/dev/null && dotnet CycloneDX src/Cli/Cli.csproj --output "$1/artifacts" --filename materials.json --output-format Json \
    --set-name maysend --set-version "$version" --disable-package-restore) >&2
  # Its serial number and its time are new each time: named by the commit instead, the same commit has the same bill.
  sed -e "s/\"serialNumber\": *\"[^\"]*\"/\"serialNumber\": \"urn:uuid:$(echo -n "$commit" | sha256sum | sed 's/^\(.\{8\}\)\(.\{4\}\).\(.\{3\}\).\(.\{3\}\)\(.\{12\}\).*/\1-\2-5\3-8\4-\5/')\"/" \
    -e "s/\"timestamp\": *\"[^\"]*\"/\"timestamp\": \"$(date -u -d "@$SOURCE_DATE_EPOCH" +%FT%TZ)\"/" "$1/artifacts/materials.json" >"$2"
}
