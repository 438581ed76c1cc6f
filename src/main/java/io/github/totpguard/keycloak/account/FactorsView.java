package io.github.totpguard.keycloak.account;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;

/**
 * What the page shows. It contains no secret, no code and nothing of a cookie. Times are epoch seconds. A value that is
 * not known is null.
 *
 * @param devices the user's devices, in the user's order
 * @param maxDevices how many devices the policy allows
 * @param usesKnown whether the state of devices and browsers could be read; otherwise their last uses are null
 * @param backupCodes the user's backup codes; null if there are none
 * @param backupCodesAction the required action that makes backup codes in this realm; null if there is none
 * @param keys the user's security keys and passkeys
 * @param browsers the user's trusted browsers
 * @param browsersOffered whether the policy lets users trust browsers
 * @param removalOffered whether the user can remove credentials here
 * @param attempts the latest attempts, newest first
 * @param attemptsRecorded whether the realm saves the events that {@code attempts} is read from
 * @param help whom to ask; null if the policy names no contact
 * @param vault whether the user may use the authenticator vault
 */
record FactorsView(
        @JsonProperty("devices") List<Device> devices,
        @JsonProperty("maxDevices") int maxDevices,
        @JsonProperty("usesKnown") boolean usesKnown,
        @JsonProperty("backupCodes") BackupCodes backupCodes,
        @JsonProperty("backupCodesAction") String backupCodesAction,
        @JsonProperty("keys") List<Key> keys,
        @JsonProperty("browsers") List<Browser> browsers,
        @JsonProperty("browsersOffered") boolean browsersOffered,
        @JsonProperty("removalOffered") boolean removalOffered,
        @JsonProperty("attempts") List<Attempt> attempts,
        @JsonProperty("attemptsRecorded") boolean attemptsRecorded,
        @JsonProperty("help") Help help,
        @JsonProperty("vault") boolean vault) {

    record Device(
            @JsonProperty("id") String id,
            @JsonProperty("label") String label,
            @JsonProperty("created") Long created,
            @JsonProperty("lastUsed") Long lastUsed) {}

    /**
     * @param left how many codes are left; null if the credential is not readable
     * @param few whether the codes are running out
     */
    record BackupCodes(
            @JsonProperty("id") String id,
            @JsonProperty("created") Long created,
            @JsonProperty("left") Integer left,
            @JsonProperty("few") boolean few) {}

    /** @param kind {@code security_key} or {@code passkey} */
    record Key(
            @JsonProperty("id") String id,
            @JsonProperty("kind") String kind,
            @JsonProperty("label") String label,
            @JsonProperty("created") Long created) {}

    /** @param trusted whether the browser is still trusted; null if that could not be read */
    record Browser(
            @JsonProperty("id") String id,
            @JsonProperty("label") String label,
            @JsonProperty("created") Long created,
            @JsonProperty("trusted") Boolean trusted,
            @JsonProperty("lastUsed") Long lastUsed,
            @JsonProperty("address") String address,
            @JsonProperty("until") Long until) {}

    /**
     * @param event {@code signed_in}, {@code sign_in_refused}, {@code added}, {@code removed}, {@code change_refused}
     * @param reason why it was refused: {@code mismatch}, {@code replayed}, {@code malformed}, {@code locked},
     *     {@code unavailable}, {@code stolen}
     * @param kind {@code device}, {@code backup_codes}, {@code security_key}, {@code passkey}, {@code trusted_browser};
     *     {@code other} for another step of the login, such as the password
     * @param label the name of the factor
     */
    record Attempt(
            @JsonProperty("at") long at,
            @JsonProperty("event") String event,
            @JsonProperty("reason") String reason,
            @JsonProperty("kind") String kind,
            @JsonProperty("label") String label,
            @JsonProperty("address") String address) {

        /** Without the values that are not known. */
        static Attempt of(
                long at,
                String event,
                Optional<String> reason,
                String kind,
                Optional<String> label,
                Optional<String> address) {
            return new Attempt(at, event, reason.orElse(null), kind, label.orElse(null), address.orElse(null));
        }
    }

    /** @param link where the text leads; empty if the contact is no address */
    record Help(@JsonProperty("text") String text, @JsonProperty("link") String link) {}
}
