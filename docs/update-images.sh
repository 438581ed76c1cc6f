#!/usr/bin/env bash
# Takes the pictures that the last `mvn verify` has made: to docs/images/pages every page in English, 360 px wide, light and dark; to
# docs/images the pictures that are there already. The test run leaves all looks in target/screenshots and changes no file of the
# repository itself. Pictures of every language are in target/screenshots/languages only: they would make the repository large.
set -euo pipefail
cd "$(dirname "$0")/.."
mkdir -p docs/images/pages
rm -f docs/images/pages/*.png
for picture in target/screenshots/pages/*-narrow.png; do
  [[ $picture == *-de-* ]] || cp "$picture" docs/images/pages/
done
for picture in docs/images/*.png; do
  name=$(basename "$picture")
  made=${name/%-old-theme.png/-theme-keycloak.png}
  for source in target/screenshots/pages/"$made" target/screenshots/"$made"; do
    if [[ -f $source ]]; then
      cp "$source" "$picture"
      continue 2
    fi
  done
  echo "not made by the last run: $picture"
done
ls docs/images/pages
