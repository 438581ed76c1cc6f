#!/usr/bin/env python3
"""Makes more files, with the accounts of make.py, after the documentation and source of the apps that write them:

proton-*.json            Proton Authenticator, proton-pass-common, entry/exporter.rs and entry/password_exporter.rs
raivo.json, raivo.zip    Raivo OTP, Password.getExportFields; the archive is marked as encrypted, as the app's are
2fauth.json              2FAuth, TwoFAccountExportResource, schema 1
2fauth-uris.json         the same with "otpauth" chosen
freeotp-plus.json        FreeOTP+, SavedTokens.kt and Token.java
1password.data           1Password, support.1password.com/1pux-format, export.data
1password.1pux           the archive with it
bitwarden-authenticator.json, bitwarden-authenticator.csv
                         Bitwarden Authenticator for Android, AuthenticatorItemEntity.kt and AuthenticatorRepositoryImpl.kt
keepassxc.csv            KeePassXC 2.7, CsvExporter.cpp
keepass.xml              KeePass 2 and KeePassXC, KDBX's inner XML

Nothing here was copied from those projects; every password is "test". Needs what make.py needs.
"""
import ctypes, io, json, os, zipfile
from html import escape
from urllib.parse import quote, unquote
from xml.sax.saxutils import escape as xml_escape
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from make import ACCOUNTS, PASSWORD, b32, b64, secret, uri, write, write_bytes

TOTP = [account for account in ACCOUNTS if account[2] == "totp"]
STEAM = ACCOUNTS[6]


def proton():
    def entry(place, content):
        return {"id": f"00000000-0000-4000-8000-00000000000{place}", "content": content, "note": "a note"}

    entries = [entry(place, {"uri": f"otpauth://totp/{quote(account, safe='')}?secret={b32(key)}"
                             f"&issuer={quote(issuer, safe='').replace('%20', '+')}&algorithm={algorithm}"
                             f"&digits={digits}&period={period}",
                             "entry_type": "Totp", "name": account})
               for place, (issuer, account, _, key, algorithm, digits, period, _) in enumerate(TOTP)]
    entries.append(entry(3, {"uri": "steam://" + b32(STEAM[3]), "entry_type": "Steam", "name": STEAM[1]}))
    entries.append(entry(4, {"uri": "steam://" + b64(STEAM[3]).rstrip("="), "entry_type": "Steam", "name": "base64"}))
    plain = json.dumps({"version": 1, "entries": entries}, ensure_ascii=False)
    write("proton-plain.json", plain)
    sodium = ctypes.CDLL("libsodium.so.23")
    assert sodium.sodium_init() >= 0
    salt, key = os.urandom(16), ctypes.create_string_buffer(32)
    argon2id13 = 2
    assert sodium.crypto_pwhash(key, ctypes.c_ulonglong(32), PASSWORD, ctypes.c_ulonglong(len(PASSWORD)), salt,
                                ctypes.c_ulonglong(2), ctypes.c_size_t(19 << 20), argon2id13) == 0
    nonce = os.urandom(12)
    sealed = nonce + AESGCM(key.raw).encrypt(nonce, plain.encode(), b"proton.authenticator.export.v1")
    write("proton-encrypted.json", json.dumps({"version": 1, "salt": b64(salt), "content": b64(sealed)}))


def raivo():
    fitting = [account for account in ACCOUNTS if account[2] != "steam"]
    text = json.dumps([{"issuer": issuer, "account": account, "secret": b32(key), "algorithm": algorithm,
                        "digits": str(digits), "kind": kind.upper(), "timer": str(period or 30),
                        "counter": str(counter or 0), "iconType": "", "iconValue": ""}
                       for issuer, account, kind, key, algorithm, digits, period, counter in fitting])
    write("raivo.json", text)
    archive = bytearray(zipped({"raivo-otp-export.html": b"<html></html>", "raivo-otp-export.json": os.urandom(64)}))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = archive.find(signature)
        while at >= 0:
            archive[at + offset] |= 1
            at = archive.find(signature, at + 4)
    write_bytes("raivo.zip", archive)


def twofauth():
    def entry(issuer, account, kind, key, algorithm, digits, period, counter):
        return {"otp_type": "steamtotp" if kind == "steam" else kind, "account": account, "service": issuer,
                "icon": "x.png", "icon_mime": "image/png", "icon_file": b64(b"no picture"), "secret": b32(key),
                "digits": digits, "algorithm": algorithm.lower(), "period": period, "counter": counter,
                "legacy_uri": uri(issuer, account, kind, key, algorithm, digits, period, counter)}

    frame = {"app": "2fauth_v8.0.1", "schema": 1, "datetime": "2026-07-05T19:29:29.000000Z"}
    write("2fauth.json", json.dumps(frame | {"data": [entry(*account) for account in ACCOUNTS]}))
    del frame["schema"]
    # The app decodes the URIs, so that only names without meaning in a URI survive.
    write("2fauth-uris.json", json.dumps(frame | {"data": [{"uri": unquote(uri(*ACCOUNTS[place]))}
                                                           for place in (1, 3, 4, 5)]}))


def freeotp_plus():
    tokens = []
    for issuer, account, kind, key, algorithm, digits, period, counter in ACCOUNTS[:6]:
        tokens.append({"algo": algorithm, "counter": counter or 0, "digits": digits, "issuerExt": issuer,
                       "issuerInt": issuer, "label": account, "period": period or 30,
                       "secret": [byte - 256 if byte > 127 else byte for byte in key], "type": kind.upper()})
    tokens.append({"algo": "SHA1", "counter": 0, "digits": 5, "issuerAlt": "Kettle", "issuerExt": "Steam",
                   "label": "m", "labelAlt": "mary", "period": 30, "image": "content://icon",
                   "secret": [byte - 256 if byte > 127 else byte for byte in STEAM[3]], "type": "TOTP"})
    order = [f"{token['issuerExt']}:{token['label']}" for token in tokens]
    write("freeotp-plus.json", json.dumps({"tokenOrder": order, "tokens": tokens}, ensure_ascii=False))


def one_password():
    def field(title, value):
        return {"title": title, "id": title, "value": value, "guarded": False, "multiline": False,
                "dontGenerate": False, "inputTraits": {"keyboard": "default", "correction": "default",
                                                       "capitalization": "default"}}

    def item(title, user, *fields):
        return {"uuid": "a", "favIndex": 0, "createdAt": 1, "updatedAt": 1, "state": "active", "categoryUuid": "001",
                "details": {"loginFields": [
                    {"value": user, "id": "", "name": "user", "fieldType": "T", "designation": "username"},
                    {"value": "not for us", "id": "", "name": "pw", "fieldType": "P", "designation": "password"}],
                    "notesPlain": "not for us",
                    "sections": [{"title": "Security", "name": "s", "fields": list(fields)}],
                    "passwordHistory": [{"value": "not for us", "time": 1}]},
                "overview": {"title": title, "subtitle": user, "url": "https://example.org", "urls": []}}

    items = [item("A login", "ada", field("one-time password", {"totp": uri(*account)})) for account in ACCOUNTS]
    items.append(item("Bare", "ada", field("PIN", {"concealed": "not for us"}),
                      field("one-time password", {"totp": b32(secret("8")).lower()})))
    items.append(item("No second factor", "ada", field("card", {"creditCardNumber": "not for us"})))
    data = json.dumps({"accounts": [{"attrs": {"accountName": "Ada", "name": "Ada", "email": "ada@example.org"},
                                     "vaults": [{"attrs": {"name": "Personal", "type": "P"}, "items": items}]}]},
                      ensure_ascii=False)
    write("1password.data", data)
    write_bytes("1password.1pux", zipped({
        "export.attributes": b'{"version":3,"description":"1Password Unencrypted Export","createdAt":1585333569}',
        "export.data": data.encode(), "files/a___picture.png": os.urandom(64)}))


def bitwarden_authenticator():
    def label(issuer, account):
        # Android's TextUtils.htmlEncode, then Uri.Builder.appendPath.
        text = escape(f"{issuer}:{account}", quote=False).replace("'", "&#39;").replace('"', "&quot;")
        return quote(text, safe="_-!.~'()*:@")

    def totp(issuer, account, kind, key, algorithm, digits, period, counter):
        return (f"otpauth://totp/{label(issuer, account)}?secret={b32(key)}&algorithm={algorithm}&digits={digits}"
                f"&period={period}&issuer={quote(issuer, safe='')}")

    entries = [(account[0], totp(*account)) for account in TOTP] + [(STEAM[0], "steam://" + b32(STEAM[3]))]
    irish = ("O'Brien & Sons", "o'hara", "totp", secret("8"), "SHA1", 6, 30, None)
    entries.append((irish[0], totp(*irish)))
    write("bitwarden-authenticator.json", json.dumps({"encrypted": False, "items": [
        {"id": str(place), "name": name, "folderId": None, "organizationId": None, "collectionIds": None,
         "notes": None, "type": 1, "login": {"totp": code}, "favorite": False}
        for place, (name, code) in enumerate(entries)]}))
    lines = ["folder,favorite,type,name,login_uri,login_totp"]
    lines += [f",,1,{name},,{code},{name},30,6" for name, code in entries]
    write("bitwarden-authenticator.csv", "\n".join(lines))


def keepassxc_csv():
    def line(*cells):
        return ",".join('"' + cell.replace('"', '""') + '"' for cell in cells) + "\n"

    def totp(issuer, account, kind, key, algorithm, digits, period, _):
        return (f"otpauth://totp/{quote(issuer, safe='')}:{quote(account, safe='')}?secret={b32(key)}&period={period}"
                f"&digits={digits}&issuer={quote(issuer, safe='')}" + ("&encoder=steam" if kind == "steam" else "")
                + ("" if algorithm == "SHA1" else f"&algorithm={algorithm}"))

    text = line("Group", "Title", "Username", "Password", "URL", "Notes", "TOTP", "Icon", "Last Modified", "Created")
    for account in TOTP + [STEAM]:
        text += line("Root/Web", account[0], account[1], 'not, "for" us', "https://example.org", "two\nlines",
                     totp(*account), "0", "2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z")
    text += line("Root", "No second factor", "ada", "not for us", "", "", "", "0", "", "")
    text += line("Root", "Nameless", "", "", "", "", f"otpauth://totp/Nameless:none?secret={b32(secret('8'))}"
                 "&period=30&digits=6&issuer=Nameless", "0", "", "")
    write("keepassxc.csv", text)


def keepass_xml():
    def entry(strings, history=""):
        body = "".join(f"<String><Key>{xml_escape(key)}</Key><Value>{xml_escape(value)}</Value></String>"
                       for key, value in strings.items())
        return f"<Entry><UUID>AAAA</UUID>{body}<Times/><AutoType/>{history}</Entry>\n"

    def named(account, **strings):
        return {"Notes": "not for us", "Password": "not for us", "Title": account[0], "UserName": account[1]} | strings

    a = ACCOUNTS
    old = "<History>" + entry(named(a[0], otp=uri(*a[1]))) + "</History>"
    entries = [
        entry(named(a[0], otp=uri(*a[0])), old),
        entry(named(a[1], otp=f"key={b32(a[1][3])}%3d%3d%3d%3d&size=7&step=20&otpHashMode=SHA256")),
        entry(named(a[2]) | {"TimeOtp-Secret-Base64": b64(a[2][3]), "TimeOtp-Algorithm": "HMAC-SHA-512",
                             "TimeOtp-Length": "8", "TimeOtp-Period": "50"}),
        entry(named(a[3]) | {"HmacOtp-Secret-Hex": a[3][3].hex(), "HmacOtp-Counter": "1"}),
        entry(named(a[4], otp=uri(*a[4]))),
        entry(named(a[5], otp=f"key={b64(a[5][3])}&encoding=Base64&type=Hotp&size=8&otpHashMode=Sha512&counter=10300")),
        entry(named(a[6]) | {"TOTP Seed": b32(a[6][3]), "TOTP Settings": "30;S"}),
        entry(named(("Bare", "ada")) | {"TOTP Seed": b32(secret("8")), "TOTP Settings": "30;6",
                                        "TimeOtp-Secret-Base32": b32(secret("8"))}),
        entry(named(("No second factor", "ada"))),
    ]
    write("keepass.xml", '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<KeePassFile><Meta>'
          "<Generator>KeePassXC</Generator><CustomIcons><Icon><Data>AAAA</Data></Icon></CustomIcons>"
          '<Binaries><Binary ID="0">AAAA</Binary></Binaries></Meta>\n<Root><Group><Name>Root</Name>\n'
          + "".join(entries[:5]) + "<Group><Name>Web</Name>\n" + "".join(entries[5:])
          + "</Group></Group><DeletedObjects/></Root></KeePassFile>\n")


def zipped(files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


if __name__ == "__main__":
    for make in (proton, raivo, twofauth, freeotp_plus, one_password, bitwarden_authenticator, keepassxc_csv,
                 keepass_xml):
        make()
