package io.github.totpguard.keycloak.setup;

import io.github.totpguard.keycloak.policy.UniqueLabel;
import java.util.Set;
import org.keycloak.credential.CredentialModel;
import org.keycloak.models.UserModel;

/** The name of a device: entered by the user or generated, and unique among the user's credentials. */
final class DeviceLabel {
    static final int MAX_LENGTH = 64;

    /** The name is not valid. The message key says what to change. */
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
     * The name of a new device.
     *
     * @param entered the text from the form; blank if the user has not chosen a name
     * @param fallback the name if the user has not chosen one
     * @return 1 to 64 UTF-16 units, with a number at the end if the name was already in use
     */
    static String of(String entered, String fallback, UserModel user) throws RefusedLabelException {
        String label = legible(entered == null ? "" : entered.strip());
        return unique(label.isEmpty() ? fallback : label, user);
    }

    /**
     * The new name of an existing device.
     *
     * @param credentialId the id of the device; its present name does not count as a duplicate
     * @return 1 to 64 UTF-16 units, as entered
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

    /** The suggested name of a new device. */
    static String suggestion(String fallback, UserModel user) {
        return unique(fallback, user);
    }

    private static String unique(String label, UserModel user) {
        Set<String> taken = UniqueLabel.allOf(user.credentialManager());
        return new UniqueLabel(taken, MAX_LENGTH, number -> " " + number).of(label);
    }

    /**
     * Whether this is a control character, or a format character that reverses or hides text. Joiners are allowed,
     * because emoji contain them.
     */
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
