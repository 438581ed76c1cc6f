#!/usr/bin/env python3
"""Makes the icons of the vault's page from the npm package simple-icons.

    npm pack simple-icons@16.37.0
    tar xzf simple-icons-16.37.0.tgz
    src/icons/service-icons.py package

The build does not run this: the result is src/main/resources/totp-guard-vault/service-icons.json. Services are those
of services.txt. A service is left out, with a line that says why, if simple-icons does not have it (some brands were
removed at their owners' request), if its icon has a licence of its own other than CC0, or if its drawing is too large.
The page then shows a letter, as for every unknown service.
"""

import json
import re
import sys
import unicodedata
from pathlib import Path

HERE = Path(__file__).parent
TARGET = HERE.parent / "main/resources/totp-guard-vault/service-icons.json"
MAX_PATH = 6000


def normalised(name):
    """The same as in service-icons.js: letters and digits of the compatibility form, without accents, lower case."""
    plain = unicodedata.normalize("NFKD", name)
    return "".join(c for c in plain if unicodedata.category(c)[0] in "LN").lower()


def services():
    for line in (HERE / "services.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split("|")


def aliases(icon):
    known = icon.get("aliases", {})
    return known.get("aka", []) + known.get("old", [])


def left_out(title, why):
    print(f"left out: {title} ({why})", file=sys.stderr)


def main(package):
    version = json.loads((package / "package.json").read_text(encoding="utf-8"))["version"]
    data = json.loads((package / "data/simple-icons.json").read_text(encoding="utf-8"))
    by_title = {icon["title"].lower(): icon for icon in data}
    icons, names, further = {}, {}, {}
    for title, *more in services():
        icon = by_title.get(title.lower())
        if icon is None:
            left_out(title, "not in simple-icons")
            continue
        licence = icon.get("license", {}).get("type", "CC0-1.0")
        if licence != "CC0-1.0":
            left_out(title, "licence " + licence)
            continue
        slug = icon.get("slug") or re.sub("[^a-z0-9]", "", title.lower())
        svg = (package / f"icons/{slug}.svg").read_text(encoding="utf-8")
        path = re.search(r'<path d="([^"]+)"', svg).group(1)
        if len(path) > MAX_PATH:
            left_out(title, f"{len(path)} characters")
            continue
        icons[slug] = [icon["title"], icon["hex"].lower(), path]
        for name in [title, *more]:
            if names.setdefault(normalised(name), slug) != slug:
                sys.exit(f"{name}: two services have this name")
        for name in aliases(icon):
            further.setdefault(normalised(name), slug)
    # A name of services.txt goes before an alias of simple-icons.
    names = {**{name: slug for name, slug in further.items() if name}, **names}
    # One icon and one name a line, so that a change can be read.
    lines = [f'{{"version":"{version}",', '"icons":{']
    lines.append(",\n".join(f'"{slug}":' + json.dumps(icon, ensure_ascii=False, separators=(",", ":")) for slug, icon in sorted(icons.items())))
    lines += ["},", '"names":{']
    lines.append(",\n".join(json.dumps(name, ensure_ascii=False) + f':"{slug}"' for name, slug in sorted(names.items())))
    lines.append("}}")
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(icons)} icons, {len(names)} names, {TARGET.stat().st_size} bytes")


main(Path(sys.argv[1]))
