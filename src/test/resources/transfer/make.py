#!/usr/bin/env python3
"""Makes the files in this directory, after the documentation and source of the apps that write them:

aegis-*.json       Aegis, docs/vault.md
2fas-*.2fas        2FAS for Android, BackupContent.kt, schema 4
bitwarden.json     Bitwarden, "Bitwarden JSON", unencrypted
ente-*             ente Auth, docs/docs/auth/migration/export.md; the ciphertext is made by libsodium itself
google.txt         Google Authenticator, MigrationPayload, two QR codes
stratum*           Stratum, doc/BACKUP_FORMAT.md, 1.6.2
andotp*            andOTP, Entry.java and BackupHelper.java, 0.9.0.1; the old one is of before 0.6.3
freeotp*           FreeOTP, TokenPersistence.java, EncryptedKey.java and Token.java, 2.0.6 and 1.5

The people, secrets, keys and random numbers are ours; every password is "test". Nothing here was copied from those
projects. Needs python3-cryptography (44 or later) and libsodium.so.23. Run here, with the names of what to make
("stratum andotp") or without: it overwrites, with other random numbers.
"""
import base64, ctypes, hashlib, json, os, struct, sys, uuid
from urllib.parse import quote
from xml.sax.saxutils import escape
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt
from cryptography.hazmat.primitives.padding import PKCS7

PASSWORD = b"test"


def secret(name, length=20):
    return hashlib.sha512(name.encode()).digest()[:length]


def b32(raw):
    return base64.b32encode(raw).decode().rstrip("=")


def b64(raw):
    return base64.b64encode(raw).decode()


# issuer, account, type, secret, algorithm, digits, period, counter
ACCOUNTS = [
    ("Post & Telegraph", "ada@example.org", "totp", secret("1"), "SHA1", 6, 30, None),
    ("Harbour", "grace", "totp", secret("2", 32), "SHA256", 7, 20, None),
    ("Z\u00fcrich\u2009\u2708", "\u05d0\u05d3\u05d4", "totp", secret("3", 64), "SHA512", 8, 50, None),
    ("Lighthouse", "ada", "hotp", secret("4"), "SHA1", 6, None, 1),
    ("North Pier", "grace", "hotp", secret("5", 32), "SHA256", 7, None, 50),
    ("Ferry", "ada", "hotp", secret("6", 64), "SHA512", 8, None, 10300),
    ("Kettle", "mary", "steam", secret("7"), "SHA1", 5, 30, None),
]


def uri(issuer, account, kind, key, algorithm, digits, period, counter):
    moving = f"&counter={counter}" if kind == "hotp" else f"&period={period}"
    return (f"otpauth://{kind}/{quote(issuer, safe='')}:{quote(account, safe='')}?secret={b32(key)}"
            f"&issuer={quote(issuer, safe='')}&algorithm={algorithm}&digits={digits}{moving}")


def write(name, text):
    with open(name, "w", encoding="utf-8") as file:
        file.write(text)


def aegis_content():
    entries = []
    for issuer, account, kind, key, algorithm, digits, period, counter in ACCOUNTS:
        info = {"secret": b32(key), "algo": algorithm, "digits": digits}
        info.update({"counter": counter} if kind == "hotp" else {"period": period})
        entries.append({"type": kind, "uuid": str(uuid.uuid4()), "name": account, "issuer": issuer, "icon": None,
                        "info": info})
    return {"version": 1, "entries": entries}


def gcm(key, plain):
    nonce = os.urandom(12)
    sealed = AESGCM(key).encrypt(nonce, plain, None)
    return sealed[:-16], {"nonce": nonce.hex(), "tag": sealed[-16:].hex()}


def aegis():
    content = aegis_content()
    write("aegis-plain.json", json.dumps(
        {"version": 1, "header": {"slots": None, "params": None}, "db": content}, indent=4, ensure_ascii=False))
    master, salt = os.urandom(32), os.urandom(32)
    key, key_params = gcm(Scrypt(salt=salt, length=32, n=32768, r=8, p=1).derive(PASSWORD), master)
    phone_key, phone_params = gcm(os.urandom(32), master)
    db, params = gcm(master, json.dumps(content, indent=4).encode())
    slots = [{"type": 2, "uuid": str(uuid.uuid4()), "key": phone_key.hex(), "key_params": phone_params},
             {"type": 1, "uuid": str(uuid.uuid4()), "key": key.hex(), "key_params": key_params,
              "n": 32768, "r": 8, "p": 1, "salt": salt.hex(), "repaired": True}]
    # Android's JSON writes slashes with a backslash.
    text = json.dumps({"version": 1, "header": {"slots": slots, "params": params}, "db": b64(db)}, indent=4)
    write("aegis-encrypted.json", text.replace("/", "\\/"))


def twofas():
    services = []
    for place, (issuer, account, kind, key, algorithm, digits, period, counter) in enumerate(ACCOUNTS):
        otp = {"link": uri(*ACCOUNTS[place]), "label": account, "account": account, "issuer": issuer,
               "digits": digits}
        otp.update({"counter": counter} if kind == "hotp" else {"period": period})
        otp.update({"algorithm": algorithm, "tokenType": kind.upper(), "source": "Link"})
        services.append({"name": issuer, "secret": b32(key), "updatedAt": 1702934567518, "otp": otp,
                         "order": {"position": place},
                         "icon": {"selected": "Label", "label": {"text": issuer[:2], "backgroundColor": "Yellow"}}})
    frame = {"services": services, "groups": [], "updatedAt": 1702934782660, "schemaVersion": 4,
             "appVersionCode": 5000009, "appVersionName": "5.1.0", "appOrigin": "android"}
    write("2fas-plain.2fas", json.dumps(frame))
    salt = os.urandom(256)
    key = hashlib.pbkdf2_hmac("sha256", PASSWORD, salt, 10000, 32)

    def sealed(plain):
        nonce = os.urandom(12)
        return ":".join(b64(part) for part in (AESGCM(key).encrypt(nonce, plain, None), salt, nonce))

    frame["services"] = []
    frame["servicesEncrypted"] = sealed(json.dumps(services).encode())
    frame["reference"] = sealed(b"reference")
    write("2fas-encrypted.2fas", json.dumps(frame))


def bitwarden():
    def item(name, username, totp):
        return {"id": str(uuid.uuid4()), "organizationId": None, "folderId": None, "type": 1, "name": name,
                "notes": None, "favorite": False,
                "login": {"uris": None, "username": username, "password": "not for us", "totp": totp},
                "collectionIds": None}

    items = [item("A login", "ada", uri(*account)) for account in ACCOUNTS[:6]]
    items.append(item("Kettle", "mary", "steam://" + b32(ACCOUNTS[6][3])))
    items.append(item("Bare", "ada", " ".join(b32(secret("8"))[i:i + 4] for i in range(0, 32, 4)).lower()))
    items.append(item("No second factor", "ada", None))
    items.append({"id": str(uuid.uuid4()), "type": 2, "name": "A note", "notes": "text", "secureNote": {"type": 0}})
    write("bitwarden.json", json.dumps({"encrypted": False, "folders": [], "items": items}, indent=2))


def ente():
    display = quote(json.dumps({"pinned": False, "trashed": False, "lastUsedAt": 0, "tapCount": 0, "tags": []},
                               separators=(",", ":")))
    plain = "".join(uri(*account) + "&codeDisplay=" + display + "\n" for account in ACCOUNTS)
    write("ente-plain.txt", plain)
    sodium = ctypes.CDLL("libsodium.so.23")
    assert sodium.sodium_init() >= 0
    # The app takes 256 MiB and 16 passes, or 1 GiB and 4; a test should not.
    memory, passes, salt, key = 8 << 20, 3, os.urandom(16), ctypes.create_string_buffer(32)
    argon2id13 = 2
    assert sodium.crypto_pwhash(key, ctypes.c_ulonglong(32), PASSWORD, ctypes.c_ulonglong(len(PASSWORD)), salt,
                                ctypes.c_ulonglong(passes), ctypes.c_size_t(memory), argon2id13) == 0
    state, header = ctypes.create_string_buffer(64), ctypes.create_string_buffer(24)
    assert sodium.crypto_secretstream_xchacha20poly1305_init_push(state, header, key) == 0
    message = plain.encode()

    def pushed(tag):
        sealed = ctypes.create_string_buffer(len(message) + 17)
        assert sodium.crypto_secretstream_xchacha20poly1305_push(
            state, sealed, None, message, ctypes.c_ulonglong(len(message)), None, ctypes.c_ulonglong(0),
            ctypes.c_ubyte(tag)) == 0
        return b64(sealed.raw)

    frame = {"version": 1, "kdfParams": {"memLimit": memory, "opsLimit": passes, "salt": b64(salt)},
             "encryptedData": pushed(3), "encryptionNonce": b64(header.raw)}
    write("ente-encrypted.json", json.dumps(frame))
    # The same without the mark of the last message.
    assert sodium.crypto_secretstream_xchacha20poly1305_init_push(state, header, key) == 0
    frame["encryptedData"], frame["encryptionNonce"] = pushed(0), b64(header.raw)
    write("ente-cut-off.json", json.dumps(frame))


def varint(value):
    out = b""
    while value > 127:
        out, value = out + bytes([value & 127 | 128]), value >> 7
    return out + bytes([value])


def field(number, value):
    if isinstance(value, int):
        return varint(number << 3) + varint(value)
    raw = value.encode() if isinstance(value, str) else value
    return varint(number << 3 | 2) + varint(len(raw)) + raw


def google():
    def parameters(issuer, account, kind, key, algorithm, digits, period, counter):
        # The app repeats the issuer in the name.
        message = (field(1, key) + field(2, f"{issuer}:{account}") + field(3, issuer)
                   + field(4, {"SHA1": 1, "SHA256": 2, "SHA512": 3}[algorithm]) + field(5, {6: 1, 8: 2}[digits])
                   + field(6, {"hotp": 1, "totp": 2}[kind]))
        return message + (field(7, counter) if kind == "hotp" else b"")

    # The app knows neither 7 digits, nor other periods, nor Steam.
    fitting = [a for a in ACCOUNTS if a[5] in (6, 8) and a[6] in (None, 30) and a[2] != "steam"]
    parts = [fitting[:2], fitting[2:]]
    lines = []
    for index, part in enumerate(parts):
        payload = b"".join(field(1, parameters(*account)) for account in part)
        payload += field(2, 1) + field(3, len(parts)) + field(4, index) + field(5, 1234567890)
        lines.append("otpauth-migration://offline?data=" + quote(b64(payload), safe=""))
    write("google.txt", "\n".join(lines) + "\n")


def write_bytes(name, content):
    with open(name, "wb") as file:
        file.write(content)


def stratum():
    entries = [{"Type": {"hotp": 1, "totp": 2, "steam": 4}[kind], "Icon": None, "Issuer": issuer, "Username": account,
                "Secret": b32(key), "Pin": None, "Algorithm": {"SHA1": 0, "SHA256": 1, "SHA512": 2}[algorithm],
                "Digits": digits, "Period": period or 30, "Counter": counter or 0, "CopyCount": 0, "Ranking": place}
               for place, (issuer, account, kind, key, algorithm, digits, period, counter) in enumerate(ACCOUNTS)]
    plain = json.dumps({"Authenticators": entries, "Categories": [], "AuthenticatorCategories": [],
                        "CustomIcons": [{"Id": "a8323a2a", "Data": b64(os.urandom(64))}]})
    write("stratum.json", plain)
    salt, nonce = os.urandom(16), os.urandom(12)
    key = Argon2id(salt=salt, length=32, iterations=3, lanes=4, memory_cost=65536).derive(PASSWORD)
    write_bytes("stratum-encrypted.stratum",
                b"AUTHENTICATORPRO" + salt + nonce + AESGCM(key).encrypt(nonce, plain.encode(), None))
    salt, vector = os.urandom(20), os.urandom(16)
    key = hashlib.pbkdf2_hmac("sha1", PASSWORD, salt, 64000, 32)
    padder, cipher = PKCS7(128).padder(), Cipher(algorithms.AES(key), modes.CBC(vector)).encryptor()
    padded = padder.update(plain.encode()) + padder.finalize()
    write_bytes("stratum-legacy.authpro",
                b"AuthenticatorPro" + salt + vector + cipher.update(padded) + cipher.finalize())


def andotp():
    entries = []
    for issuer, account, kind, key, algorithm, digits, period, counter in ACCOUNTS:
        entry = {"secret": b32(key), "issuer": issuer, "label": account, "digits": digits, "type": kind.upper(),
                 "algorithm": algorithm, "thumbnail": "Default", "last_used": 0, "used_frequency": 0, "tags": []}
        entry.update({"counter": counter} if kind == "hotp" else {"period": period} if kind == "totp" else {})
        entries.append(entry)
    plain = json.dumps(entries)
    write("andotp.json", plain)
    rounds, salt, nonce = 140000, os.urandom(12), os.urandom(12)
    key = hashlib.pbkdf2_hmac("sha1", PASSWORD, salt, rounds, 32)
    write_bytes("andotp.json.aes",
                struct.pack(">i", rounds) + salt + nonce + AESGCM(key).encrypt(nonce, plain.encode(), None))
    key = hashlib.sha256(PASSWORD).digest()
    # A nonce that is no likely number of rounds, or the file would be taken for a new one.
    nonce = b"\xff" + os.urandom(11)
    write_bytes("andotp-old.json.aes", nonce + AESGCM(key).encrypt(nonce, plain.encode(), None))


def freeotp():
    def signed(raw):
        return [byte - 256 if byte > 127 else byte for byte in raw]

    def token(issuer, account, kind, key, algorithm, digits, period, counter):
        return {"algo": algorithm, "issuerExt": issuer, "issuerInt": issuer, "label": account, "period": period or 30,
                "digits": digits, "type": kind.upper(), "counter": counter or 0}

    def wrapped(key, name, raw):
        nonce = os.urandom(12)
        return {"mCipher": "AES/GCM/NoPadding", "mToken": name,
                "mCipherText": signed(AESGCM(key).encrypt(nonce, raw, name.encode())),
                "mParameters": signed(b"\x30\x11\x04\x0c" + nonce + b"\x02\x01\x10")}

    def string(text):
        raw = text.encode()
        return b"\x74" + struct.pack(">H", len(raw)) + raw

    # The app has no Steam but for an issuer of that name.
    accounts = ACCOUNTS[:6]
    xml = "".join(f'    <string name="{quote(a[0])}">{escape(json.dumps(dict(token(*a), secret=signed(a[3]))))}</string>\n'
                  for a in accounts)
    write("freeotp1-tokens.xml", "<?xml version='1.0' encoding='utf-8' standalone='yes' ?>\n<map>\n"
          '    <string name="tokenOrder">[&quot;x&quot;]</string>\n' + xml + "</map>\n")
    master, salt = os.urandom(32), os.urandom(32)
    password_key = hashlib.pbkdf2_hmac("sha512", PASSWORD, salt, 100000, 32)
    entries = {"masterKey": json.dumps({"mAlgorithm": "PBKDF2withHmacSHA512", "mIterations": 100000,
                                        "mSalt": signed(salt), "mEncryptedKey": wrapped(password_key, "AES", master)})}
    for account in accounts:
        name = str(uuid.uuid4())
        entries[name] = json.dumps({"key": json.dumps(wrapped(master, "Hmac" + account[4], account[3]))})
        entries[name + "-token"] = json.dumps(token(*account), ensure_ascii=False)
    # Java Object Serialization Specification, chapter 6.4.2, and HashMap.writeObject
    stream = struct.pack(">HHBB", 0xaced, 5, 0x73, 0x72) + struct.pack(">H", 17) + b"java.util.HashMap"
    stream += struct.pack(">qBH", 362498820763181265, 3, 2) + b"F\0\x0aloadFactorI\0\x09threshold\x78\x70"
    stream += struct.pack(">fiBBii", 0.75, 24, 0x77, 8, 32, len(entries))
    stream += b"".join(string(key) + string(value) for key, value in entries.items()) + b"\x78"
    write_bytes("freeotp2-externalBackup.xml", stream)


def otpauth_list():
    write("otpauth-list.txt", "\ufeff# exported by hand\r\n\r\n" + "\r\n".join(uri(*a) for a in ACCOUNTS) + "\r\n")


if __name__ == "__main__":
    for make in (otpauth_list, aegis, twofas, bitwarden, ente, google, stratum, andotp, freeotp):
        if len(sys.argv) == 1 or make.__name__ in sys.argv:
            make()
