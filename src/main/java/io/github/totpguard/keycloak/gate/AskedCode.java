package io.github.totpguard.keycloak.gate;

import io.github.totpguard.core.otp.OneTimeCode;
import io.github.totpguard.keycloak.gate.session.SecondFactor;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.keycloak.credential.CredentialModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.dto.OTPCredentialData;
import org.keycloak.util.JsonSerialization;

/**
 * The number of digits of a user's one-time codes. It is not secret and is known without opening a secret. An input
 * that cannot be a code therefore gets the same answer whether codes are checked at the moment or not.
 */
public final class AskedCode {
    private final Set<Integer> lengths;

    private AskedCode(Set<Integer> lengths) {
        this.lengths = lengths;
    }

    public static AskedCode of(UserModel user) {
        return new AskedCode(user.credentialManager()
                .getStoredCredentialsByTypeStream(SecondFactor.DEVICE.type())
                .flatMap(credential -> digits(credential).stream())
                .collect(Collectors.toCollection(TreeSet::new)));
    }

    /** Whether an input has the length of one of these codes. */
    public boolean isFormOf(String input) {
        return OneTimeCode.parse(input)
                .filter(code -> lengths.stream().anyMatch(code::hasDigits))
                .isPresent();
    }

    /** The number of digits; empty if the user's devices use different numbers. */
    public OptionalInt digits() {
        return lengths.size() == 1 ? OptionalInt.of(lengths.iterator().next()) : OptionalInt.empty();
    }

    /** Empty for a damaged row, because the gate reports what is wrong with it. */
    private static Optional<Integer> digits(CredentialModel credential) {
        try {
            return Optional.ofNullable(
                            JsonSerialization.readValue(credential.getCredentialData(), OTPCredentialData.class))
                    .map(OTPCredentialData::getDigits);
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
