package io.github.totpguard.keycloak.account;

import io.github.totpguard.core.state.DeviceState;
import io.github.totpguard.core.state.SecondFactorState;
import io.github.totpguard.core.trust.TrustedBrowserRecord;
import io.github.totpguard.keycloak.ServerTime;
import io.github.totpguard.keycloak.account.FactorsView.Attempt;
import io.github.totpguard.keycloak.account.FactorsView.BackupCodes;
import io.github.totpguard.keycloak.account.FactorsView.Browser;
import io.github.totpguard.keycloak.account.FactorsView.Device;
import io.github.totpguard.keycloak.account.FactorsView.Help;
import io.github.totpguard.keycloak.account.FactorsView.Key;
import io.github.totpguard.keycloak.gate.GuardedUser;
import io.github.totpguard.keycloak.gate.StoredBackupCodes;
import io.github.totpguard.keycloak.gate.TrustFingerprint;
import io.github.totpguard.keycloak.gate.session.SecondFactor;
import io.github.totpguard.keycloak.gate.session.UserFactors;
import io.github.totpguard.keycloak.gate.store.VerificationUnavailableException;
import io.github.totpguard.keycloak.page.BackupCodesOffer;
import io.github.totpguard.keycloak.page.HelpContact;
import io.github.totpguard.keycloak.policy.GuardNames;
import io.github.totpguard.keycloak.policy.GuardPolicy;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.credential.CredentialModel;
import org.keycloak.events.Event;
import org.keycloak.events.EventStoreProvider;
import org.keycloak.events.EventType;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RequiredActionProviderModel;
import org.keycloak.models.RoleModel;

/** Reads what the page shows of one user. */
final class FactorsReader {
    /** The required action of Keycloak that removes a credential. */
    private static final String REMOVAL_ACTION = "delete_credential";

    private static final int MILLIS = 1000;

    private final GuardedUser user;
    private final UserFactors factors;
    private final GuardPolicy policy;
    private final Optional<SecondFactorState> state;

    private FactorsReader(GuardedUser user) {
        this.user = user;
        this.factors = user.factors();
        this.policy = GuardPolicy.require(user.realm());
        this.state = state(user);
    }

    static FactorsReader of(GuardedUser user) {
        return new FactorsReader(user);
    }

    /** Empty if the state cannot be read now. The gate has logged it. */
    private static Optional<SecondFactorState> state(GuardedUser user) {
        try {
            return Optional.of(user.gate().state());
        } catch (VerificationUnavailableException e) {
            return Optional.empty();
        }
    }

    FactorsView read() {
        List<CredentialModel> browsers = browsers();
        boolean recorded = areAttemptsRecorded();
        return new FactorsView(
                factors.credentials(SecondFactor.DEVICE).stream()
                        .map(this::device)
                        .toList(),
                policy.maxDevices(),
                state.isPresent(),
                factors.credentials(SecondFactor.BACKUP_CODES).stream()
                        .findFirst()
                        .map(this::backupCodes)
                        .orElse(null),
                BackupCodesOffer.action(user.realm()).orElse(null),
                Stream.of(SecondFactor.SECURITY_KEY, SecondFactor.PASSKEY)
                        .flatMap(factor -> factors.credentials(factor).stream().map(key -> key(factor, key)))
                        .toList(),
                trusted(browsers),
                policy.trustedBrowserDays() > 0,
                isEnabled(REMOVAL_ACTION),
                recorded ? attempts(browsers) : List.of(),
                recorded,
                HelpContact.of(user.realm())
                        .map(contact -> new Help(contact.getText(), contact.getLink()))
                        .orElse(null),
                mayUseVault());
    }

    private Device device(CredentialModel device) {
        return new Device(
                device.getId(),
                label(device).orElse(null),
                created(device),
                state.flatMap(known -> known.device(device.getId()))
                        .map(DeviceState::lastUsed)
                        .map(Instant::getEpochSecond)
                        .orElse(null));
    }

    private BackupCodes backupCodes(CredentialModel credential) {
        Optional<Integer> left = left();
        return new BackupCodes(
                credential.getId(),
                created(credential),
                left.orElse(null),
                left.filter(count -> count <= StoredBackupCodes.FEW).isPresent());
    }

    /** Codes whose use is committed, but not yet written to the credential, are not counted. */
    private Optional<Integer> left() {
        try {
            return StoredBackupCodes.of(user.user()).map(StoredBackupCodes::left);
        } catch (VerificationUnavailableException e) {
            return Optional.empty();
        }
    }

    private static Key key(SecondFactor factor, CredentialModel key) {
        return new Key(key.getId(), RecentAttempts.kind(factor), label(key).orElse(null), created(key));
    }

    private List<CredentialModel> browsers() {
        return user.user()
                .credentialManager()
                .getStoredCredentialsByTypeStream(GuardNames.TRUSTED_BROWSER)
                .toList();
    }

    private List<Browser> trusted(List<CredentialModel> browsers) {
        if (browsers.isEmpty()) {
            return List.of();
        }
        String fingerprint = TrustFingerprint.of(user);
        Instant now = ServerTime.now();
        return browsers.stream()
                .map(browser -> browser(browser, fingerprint, now))
                .toList();
    }

    private Browser browser(CredentialModel browser, String fingerprint, Instant now) {
        String id = browser.getId();
        Optional<Boolean> trusted = state.map(known -> known.trusted().isStanding(id, fingerprint, now));
        Optional<TrustedBrowserRecord> line = trusted.filter(Boolean::booleanValue)
                .flatMap(standing -> state.map(known -> known.trusted().lines().get(id)));
        return new Browser(
                id,
                label(browser).orElse(null),
                created(browser),
                trusted.orElse(null),
                line.map(known -> known.lastUsed().getEpochSecond()).orElse(null),
                line.flatMap(TrustedBrowserRecord::address).orElse(null),
                line.map(known -> known.expires().getEpochSecond()).orElse(null));
    }

    private List<Attempt> attempts(List<CredentialModel> browsers) {
        // The index of Keycloak's table is on user, type and time.
        try (Stream<Event> events = user.session()
                .getProvider(EventStoreProvider.class)
                .createQuery()
                .realm(user.realm().getId())
                .user(user.id())
                .type(RecentAttempts.TYPES.toArray(EventType[]::new))
                .maxResults(RecentAttempts.MAX_EVENTS)
                .orderByDescTime()
                .getResultStream()) {
            return new RecentAttempts(named(browsers)).of(events);
        }
    }

    private Map<String, RecentAttempts.Named> named(List<CredentialModel> browsers) {
        Map<String, RecentAttempts.Named> named = new HashMap<>();
        factors.kinds().forEach(factor -> factors.credentials(factor)
                .forEach(credential -> named.put(
                        credential.getId(), new RecentAttempts.Named(RecentAttempts.kind(factor), label(credential)))));
        browsers.forEach(browser ->
                named.put(browser.getId(), new RecentAttempts.Named(RecentAttempts.TRUSTED_BROWSER, label(browser))));
        return named;
    }

    /** Whether Keycloak saves the events of logins in this realm, as its own event builder decides it. */
    private boolean areAttemptsRecorded() {
        RealmModel realm = user.realm();
        if (!realm.isEventsEnabled() || user.session().getProvider(EventStoreProvider.class) == null) {
            return false;
        }
        Set<String> saved = realm.getEnabledEventTypesStream().collect(Collectors.toSet());
        return saved.isEmpty() || saved.contains(EventType.LOGIN_ERROR.name());
    }

    private boolean isEnabled(String action) {
        return Optional.ofNullable(user.realm().getRequiredActionProviderByAlias(action))
                .filter(RequiredActionProviderModel::isEnabled)
                .isPresent();
    }

    private boolean mayUseVault() {
        RoleModel role = user.realm().getRole(GuardNames.VAULT_ROLE);
        return policy.vaultEnabled() && role != null && user.user().hasRole(role);
    }

    private static Optional<String> label(CredentialModel credential) {
        return Optional.ofNullable(credential.getUserLabel()).filter(label -> !label.isBlank());
    }

    private static Long created(CredentialModel credential) {
        return Optional.ofNullable(credential.getCreatedDate())
                .map(millis -> millis / MILLIS)
                .orElse(null);
    }
}
