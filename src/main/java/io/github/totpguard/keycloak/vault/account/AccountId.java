package io.github.totpguard.keycloak.vault.account;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The public id of an account: {@code totp-} and the UUID of its credential.
 *
 * @param credentialId the UUID, in lower case
 */
public record AccountId(String credentialId) {
    private static final String PREFIX = "totp-";
    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    /** Empty if the text is not an account id. */
    public static Optional<AccountId> parse(String text) {
        return Optional.ofNullable(text)
                .filter(id -> id.startsWith(PREFIX))
                .map(id -> id.substring(PREFIX.length()))
                .filter(id -> UUID.matcher(id).matches())
                .map(AccountId::new);
    }

    public String text() {
        return PREFIX + credentialId;
    }
}
