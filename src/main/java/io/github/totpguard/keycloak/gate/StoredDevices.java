package io.github.totpguard.keycloak.gate;

import io.github.totpguard.core.otp.OtpAlgorithm;
import io.github.totpguard.core.otp.OtpParameters;
import io.github.totpguard.core.otp.OtpSecret;
import io.github.totpguard.core.state.Decision;
import io.github.totpguard.core.state.Device;
import io.github.totpguard.keycloak.gate.AttemptOutcome.UnreadableDevice;
import io.github.totpguard.keycloak.gate.session.SecondFactor;
import io.github.totpguard.keycloak.gate.store.VerificationUnavailableException;
import io.github.totpguard.keycloak.gate.store.VerificationUnavailableException.Cause;
import io.github.totpguard.keycloak.sealing.OtpCredentialSealer;
import io.github.totpguard.keycloak.sealing.UnsealingException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.keycloak.credential.CredentialModel;
import org.keycloak.models.credential.OTPCredentialModel;
import org.keycloak.models.credential.OTPCredentialModel.SecretEncoding;
import org.keycloak.models.credential.dto.OTPCredentialData;
import org.keycloak.util.JsonSerialization;

/**
 * The user's {@code otp} credentials as devices, separated into those that can be checked and those with a damaged row.
 */
final class StoredDevices {
    private static final Logger LOG = Logger.getLogger(StoredDevices.class);

    private final GuardedUser owner;
    private final OtpCredentialSealer sealer;
    private final List<CredentialModel> credentials;
    private final List<Device> readable = new ArrayList<>();
    private final List<UnreadableDevice> unreadable = new ArrayList<>();
    private final Set<String> plaintext = new HashSet<>();

    private StoredDevices(GuardedUser owner) {
        this.owner = owner;
        this.sealer = OtpCredentialSealer.of(owner.session(), owner.realm(), owner.user());
        this.credentials = owner.user()
                .credentialManager()
                .getStoredCredentialsByTypeStream(SecondFactor.DEVICE.type())
                .toList();
    }

    static StoredDevices read(GuardedUser owner) {
        StoredDevices devices = new StoredDevices(owner);
        devices.credentials.forEach(devices::add);
        return devices;
    }

    List<Device> readable() {
        return readable;
    }

    List<UnreadableDevice> unreadable() {
        return unreadable;
    }

    Set<String> ids() {
        return credentials.stream().map(CredentialModel::getId).collect(Collectors.toSet());
    }

    /** The name that the user gave the device; empty if it has no name or is not stored. */
    Optional<String> label(String id) {
        return find(id).map(CredentialModel::getUserLabel).filter(label -> !label.isBlank());
    }

    private Optional<CredentialModel> find(String id) {
        return credentials.stream()
                .filter(credential -> credential.getId().equals(id))
                .findFirst();
    }

    /**
     * A user whose devices are all unreadable is not treated as a user without devices.
     *
     * @throws VerificationUnavailableException if the user has devices and none of them can be checked
     */
    void requireReadable() {
        unreadable.forEach(this::warn);
        if (readable.isEmpty() && !unreadable.isEmpty()) {
            throw new VerificationUnavailableException(
                    Cause.SECRETS, "No OTP secret of user " + owner.id() + " can be opened");
        }
    }

    private void warn(UnreadableDevice device) {
        LOG.warnf(
                "OTP credential %s of user %s in realm %s cannot be used (%s): restore the key it was sealed with,"
                        + " or remove the credential and let the user enrol again",
                device.credentialId(), owner.id(), owner.realm().getName(), device.reason());
    }

    /** If the decision accepted the code of a stored device, updates the credential of that device. */
    void update(Decision decision) {
        decision.verdict()
                .deviceId()
                .filter(id -> decision.verdict().accepted())
                .filter(this::changesWithUse)
                .ifPresent(id -> new AcceptedDevice(owner.user(), sealer)
                        .update(
                                find(id).orElseThrow(),
                                decision.state().device(id).orElseThrow()));
    }

    /** Whether an acceptance changes the stored credential: if it has a plaintext secret or a counter. */
    private boolean changesWithUse(String id) {
        return plaintext.contains(id)
                || readable.stream()
                        .filter(device -> device.id().equals(id))
                        .anyMatch(device -> device.parameters() instanceof OtpParameters.Hotp);
    }

    private void add(CredentialModel credential) {
        try {
            OtpCredentialSealer.OpenedSecret secret = sealer.open(credential);
            readable.add(device(credential, secret.text()));
            if (!secret.wasSealed()) {
                plaintext.add(credential.getId());
            }
        } catch (UnsealingException e) {
            unreadable.add(
                    new UnreadableDevice(credential.getId(), e.reason().name().toLowerCase(Locale.ROOT)));
        } catch (IOException | IllegalArgumentException e) {
            unreadable.add(new UnreadableDevice(credential.getId(), "parameters"));
        }
    }

    private static Device device(CredentialModel credential, String secret) throws IOException {
        OTPCredentialData data = data(credential);
        OtpAlgorithm algorithm = OtpAlgorithm.ofMacName(data.getAlgorithm())
                .orElseThrow(() -> new IllegalArgumentException("unknown algorithm"));
        OtpParameters parameters;
        if (OTPCredentialModel.TOTP.equals(data.getSubType())) {
            parameters = new OtpParameters.Totp(algorithm, data.getDigits(), data.getPeriod());
        } else if (OTPCredentialModel.HOTP.equals(data.getSubType())) {
            parameters = new OtpParameters.Hotp(algorithm, data.getDigits());
        } else {
            throw new IllegalArgumentException("unknown sub type");
        }
        long counter = parameters instanceof OtpParameters.Hotp ? data.getCounter() : 0;
        return new Device(credential.getId(), decode(secret, data.getSecretEncoding()), parameters, counter);
    }

    static OTPCredentialData data(CredentialModel credential) throws IOException {
        OTPCredentialData data = credential.getCredentialData() == null
                ? null
                : JsonSerialization.readValue(credential.getCredentialData(), OTPCredentialData.class);
        if (data == null) {
            throw new IllegalArgumentException("no credential data");
        }
        return data;
    }

    /** Without an encoding, the text itself is the key. Keycloak's own enrolment stores secrets this way. */
    private static OtpSecret decode(String secret, String encoding) {
        if (encoding == null) {
            return OtpSecret.ofBytes(secret.getBytes(StandardCharsets.UTF_8));
        }
        if (SecretEncoding.BASE32.name().equalsIgnoreCase(encoding)) {
            return OtpSecret.ofBase32(secret);
        }
        throw new IllegalArgumentException("unknown secret encoding");
    }
}
