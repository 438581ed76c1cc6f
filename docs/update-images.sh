#!/usr/bin/env bash
# Takes the pictures that the last `mvn verify` has made of every page to docs/images/pages: in English, 360 px wide, light and dark.
# The test run leaves all looks in target/screenshots/pages and changes no file of the repository itself.
set -euo pipefail
cd "$(dirname "$0")/.."
mkdir -p docs/images/pages
rm -f docs/images/pages/*.png
for picture in target/screenshots/pages/*-narrow.png; do
  [[ $picture == *-de-* ]] || cp "$picture" docs/images/pages/
done
ls docs/images/pages
