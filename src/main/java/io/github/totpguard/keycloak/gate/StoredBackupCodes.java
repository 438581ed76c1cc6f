package io.github.totpguard.keycloak.gate;

import io.github.totpguard.core.backup.BackupCode;
import io.github.totpguard.core.backup.BackupCodeInput;
import io.github.totpguard.core.state.BackupAttempt.Guess;
import io.github.totpguard.core.state.SecondFactorState;
import io.github.totpguard.keycloak.gate.session.SecondFactor;
import io.github.totpguard.keycloak.gate.store.VerificationUnavailableException;
import io.github.totpguard.keycloak.gate.store.VerificationUnavailableException.Cause;
import io.github.totpguard.keycloak.sealing.BackupCodeHash;
import io.github.totpguard.keycloak.sealing.UnsealingException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.IntPredicate;
import org.keycloak.credential.CredentialModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.credential.RecoveryAuthnCodesCredentialModel;
import org.keycloak.models.credential.dto.RecoveryAuthnCodeRepresentation;
import org.keycloak.models.credential.dto.RecoveryAuthnCodesCredentialData;
import org.keycloak.models.credential.dto.RecoveryAuthnCodesSecretData;
import org.keycloak.models.utils.RecoveryAuthnCodesUtils;
import org.keycloak.util.JsonSerialization;

/**
 * A user's {@code recovery-authn-codes} credential. TOTP Guard's credential has the form of Keycloak's own, so that a
 * server without this jar can read it (and refuses every code). Only {@code algorithm} and the base64 content of {@code
 * encodedHashedValue} differ.
 */
public final class StoredBackupCodes {
    /** If the user has this number of codes or fewer left, the user is warned. */
    public static final int FEW = 3;

    /** The value of {@code algorithm}. The hash of each code contains its own parameters. */
    private static final String OURS = "totp-guard";

    private final CredentialModel credential;
    private final RecoveryAuthnCodesCredentialData data;
    private final List<RecoveryAuthnCodeRepresentation> codes;

    private StoredBackupCodes(
            CredentialModel credential,
            RecoveryAuthnCodesCredentialData data,
            List<RecoveryAuthnCodeRepresentation> codes) {
        this.credential = credential;
        this.data = data;
        this.codes = codes;
    }

    /**
     * The user's codes; empty if the user has none.
     *
     * @throws VerificationUnavailableException if the credential is not readable
     */
    public static Optional<StoredBackupCodes> of(UserModel user) {
        return user.credentialManager()
                .getStoredCredentialsByTypeStream(SecondFactor.BACKUP_CODES.type())
                .findFirst()
                .map(StoredBackupCodes::read);
    }

    static StoredBackupCodes read(CredentialModel credential) {
        try {
            RecoveryAuthnCodesCredentialData data =
                    JsonSerialization.readValue(credential.getCredentialData(), RecoveryAuthnCodesCredentialData.class);
            RecoveryAuthnCodesSecretData secret =
                    JsonSerialization.readValue(credential.getSecretData(), RecoveryAuthnCodesSecretData.class);
            if (data == null || secret == null || secret.getCodes() == null) {
                throw unreadable(credential.getId());
            }
            return new StoredBackupCodes(credential, data, List.copyOf(secret.getCodes()));
        } catch (IOException | IllegalArgumentException | NullPointerException e) {
            throw unreadable(credential.getId());
        }
    }

    /** Creates a credential with one hash for each code. It is not stored yet. */
    public static RecoveryAuthnCodesCredentialModel create(
            List<BackupCode> codes, BackupCodeHash hash, long nowMillis) {
        CredentialModel made = new CredentialModel();
        made.setType(SecondFactor.BACKUP_CODES.type());
        made.setCreatedDate(nowMillis);
        write(
                made,
                new RecoveryAuthnCodesCredentialData(null, OURS, codes.size(), codes.size()),
                codes.stream()
                        .map(code -> new RecoveryAuthnCodeRepresentation(code.number(), hash.hash(code.text())))
                        .toList());
        return RecoveryAuthnCodesCredentialModel.createFromCredentialModel(made);
    }

    public String credentialId() {
        return credential.getId();
    }

    /**
     * Whether Keycloak created these codes. Keycloak's codes do not contain a number and must be used in order.
     */
    public boolean areKeycloaks() {
        return !OURS.equals(data.getAlgorithm());
    }

    /** The only number that is accepted next; empty if every number is accepted. */
    public OptionalInt next() {
        return areKeycloaks() && !codes.isEmpty() ? OptionalInt.of(codes.get(0).getNumber()) : OptionalInt.empty();
    }

    /**
     * For a realm where TOTP Guard is off: whether the input is one of these codes. If it is, the code is removed from
     * the list.
     *
     * @throws VerificationUnavailableException if the hash is not readable
     */
    public boolean spendUnguarded(String input, BackupCodeHash hash, UserModel user) {
        Optional<BackupCode> accepted = BackupCodeInput.parse(input).filter(code -> matches(code, hash));
        accepted.ifPresent(code -> remove(Set.of(code.number()), user));
        return accepted.isPresent();
    }

    /** Whether an input has the form of the user's codes. */
    public static boolean hasForm(UserModel user, String input) {
        boolean keycloaks = of(user).filter(StoredBackupCodes::areKeycloaks).isPresent();
        return keycloaks
                ? BackupCodeInput.parseOfKeycloak(input).isPresent()
                : BackupCodeInput.parse(input).isPresent();
    }

    public int left() {
        return codes.size();
    }

    /** The codes that the input may be; empty if the input does not have the form of these codes. */
    Optional<Guess> guess(String input, BackupCodeHash hash) {
        if (areKeycloaks()) {
            return BackupCodeInput.parseOfKeycloak(input)
                    .filter(code -> !codes.isEmpty())
                    .map(code -> new Guess(
                            credentialId(),
                            codes.stream()
                                    .map(RecoveryAuthnCodeRepresentation::getNumber)
                                    .toList(),
                            new CachedCheck(number -> RecoveryAuthnCodesUtils.verifyRecoveryCodeInput(
                                    code, find(number).orElseThrow().getEncodedHashedValue()))));
        }
        return BackupCodeInput.parse(input)
                .map(code -> new Guess(
                        credentialId(), List.of(code.number()), new CachedCheck(number -> matches(code, hash))));
    }

    /** Computes exactly one hash, whether the number exists or not. */
    private boolean matches(BackupCode code, BackupCodeHash hash) {
        Optional<RecoveryAuthnCodeRepresentation> stored = find(code.number());
        if (codes.isEmpty()) {
            hash.hash(code.text());
            return false;
        }
        try {
            boolean matches =
                    hash.matches(code.text(), stored.orElse(codes.get(0)).getEncodedHashedValue());
            return matches && stored.isPresent();
        } catch (UnsealingException e) {
            throw unreadable(credentialId());
        }
    }

    /**
     * Removes the spent codes from the list. If the list is then empty, removes the credential, as Keycloak does.
     *
     * @return how many codes are left
     */
    int spend(SecondFactorState state, UserModel user) {
        return remove(state.spent(credentialId()).orElseThrow().numbers(), user);
    }

    private int remove(Set<Integer> spent, UserModel user) {
        List<RecoveryAuthnCodeRepresentation> kept =
                codes.stream().filter(code -> !spent.contains(code.getNumber())).toList();
        if (kept.isEmpty()) {
            user.credentialManager().removeStoredCredentialById(credentialId());
        } else {
            data.setRemainingCodes(kept.size());
            write(credential, data, kept);
            user.credentialManager().updateStoredCredential(credential);
        }
        return kept.size();
    }

    private Optional<RecoveryAuthnCodeRepresentation> find(int number) {
        return codes.stream().filter(code -> code.getNumber() == number).findFirst();
    }

    private static void write(
            CredentialModel credential,
            RecoveryAuthnCodesCredentialData data,
            List<RecoveryAuthnCodeRepresentation> codes) {
        try {
            credential.setCredentialData(JsonSerialization.writeValueAsString(data));
            credential.setSecretData(
                    JsonSerialization.writeValueAsString(new RecoveryAuthnCodesSecretData(new ArrayList<>(codes))));
        } catch (IOException e) {
            throw new IllegalStateException("The backup codes cannot be written as JSON", e);
        }
    }

    private static VerificationUnavailableException unreadable(String credentialId) {
        return new VerificationUnavailableException(
                Cause.SECRETS,
                "The backup codes in credential " + credentialId
                        + " cannot be checked: was their hash provider removed?"
                        + " If not, remove the credential and let the user create new codes");
    }

    /** Caches the expensive check, because a database retry can decide the same attempt twice. */
    private static final class CachedCheck implements IntPredicate {
        private final IntPredicate expensive;
        private final Map<Integer, Boolean> answers = new HashMap<>();

        CachedCheck(IntPredicate expensive) {
            this.expensive = expensive;
        }

        @Override
        public boolean test(int number) {
            return answers.computeIfAbsent(number, expensive::test);
        }
    }
}
