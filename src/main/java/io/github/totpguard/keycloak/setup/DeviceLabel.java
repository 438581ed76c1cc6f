package io.github.totpguard.keycloak.setup;

import io.github.totpguard.keycloak.policy.UniqueLabel;
import java.util.List;
import java.util.Objects;
import org.keycloak.credential.CredentialModel;
import org.keycloak.models.UserModel;

/** The name of a device: given or made up, and unlike all the others of its user. */
final class DeviceLabel {
    static final int MAX_LENGTH = 64;

    /** A name that cannot be taken; the message key says what to change. */
    static final class RefusedLabelException extends Exception {
        RefusedLabelException(String messageKey) {
            super(messageKey);
        }

        String messageKey() {
            return getMessage();
        }
    }

    private DeviceLabel() {}

    /**
     * @param entered as the form sent it; blank means that the user does not care
     * @param fallback the name of a device without one
     * @return 1 to 64 UTF-16 units, with a number at the end where the name was taken
     */
    static String of(String entered, String fallback, UserModel user) throws RefusedLabelException {
        String label = legible(entered == null ? "" : entered.strip());
        return unique(label.isEmpty() ? fallback : label, user);
    }

    /**
     * The new name of a device that has one.
     *
     * @param credentialId the device's; its own name is not in its way
     * @return 1 to 64 UTF-16 units, as they were entered
     */
    static String chosen(String entered, String credentialId, UserModel user) throws RefusedLabelException {
        String label = legible(entered.strip());
        if (label.isEmpty()) {
            throw new RefusedLabelException("totpGuard.error.labelMissing");
        }
        boolean taken = user.credentialManager()
                .getStoredCredentialsStream()
                .filter(credential -> !credential.getId().equals(credentialId))
                .map(CredentialModel::getUserLabel)
                .anyMatch(name -> name != null && UniqueLabel.comparable(name).equals(UniqueLabel.comparable(label)));
        if (taken) {
            throw new RefusedLabelException("totpGuard.error.labelTaken");
        }
        return label;
    }

    private static String legible(String label) throws RefusedLabelException {
        if (label.length() > MAX_LENGTH) {
            throw new RefusedLabelException("totpGuard.error.labelTooLong");
        }
        if (label.codePoints().anyMatch(DeviceLabel::isInvisible)) {
            throw new RefusedLabelException("totpGuard.error.labelControl");
        }
        return label;
    }

    /** The name to suggest. */
    static String suggestion(String fallback, UserModel user) {
        return unique(fallback, user);
    }

    private static String unique(String label, UserModel user) {
        List<String> taken = user.credentialManager()
                .getStoredCredentialsStream()
                .map(CredentialModel::getUserLabel)
                .filter(Objects::nonNull)
                .toList();
        return new UniqueLabel(taken, MAX_LENGTH, number -> " " + number).of(label);
    }

    /** Control characters, and the format characters that turn or hide text; a joiner in an emoji is no harm. */
    private static boolean isInvisible(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> true;
            case Character.FORMAT -> codePoint != 0x200C && codePoint != 0x200D;
            default -> false;
        };
    }
}
