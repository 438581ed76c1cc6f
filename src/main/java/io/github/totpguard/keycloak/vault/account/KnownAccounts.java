package io.github.totpguard.keycloak.vault.account;

import io.github.totpguard.core.otp.OtpSecret;
import io.github.totpguard.core.uri.OtpAuthUri;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.keycloak.credential.CredentialModel;

/** The accounts that a user already has, to find duplicates. A secret is opened only if issuer and name are equal. */
public final class KnownAccounts {
    private record Names(Optional<String> issuer, String account) {}

    private final Map<Names, List<Supplier<Optional<OtpSecret>>>> secrets = new HashMap<>();

    private KnownAccounts() {}

    /** @param present all accounts of the owner, as the calling code has read them */
    public static KnownAccounts of(AccountStore stored, List<CredentialModel> present) {
        KnownAccounts known = new KnownAccounts();
        present.forEach(credential -> known.add(stored, credential));
        return known;
    }

    /** Whether an account has the same issuer, the same name and the same secret. */
    public boolean has(OtpAuthUri uri) {
        return secrets.getOrDefault(names(uri), List.of()).stream()
                .map(Supplier::get)
                .flatMap(Optional::stream)
                .anyMatch(uri.secret()::equals);
    }

    public void add(OtpAuthUri uri) {
        add(names(uri), () -> Optional.of(uri.secret()));
    }

    private void add(AccountStore stored, CredentialModel credential) {
        try {
            VaultAccount account = VaultAccount.read(credential.getCredentialData());
            add(new Names(account.issuer(), account.account()), () -> secret(stored, credential));
        } catch (UnreadableAccountException e) {
            // Issuer and name cannot be read, so the account is no duplicate of any other.
        }
    }

    private void add(Names names, Supplier<Optional<OtpSecret>> secret) {
        secrets.computeIfAbsent(names, key -> new ArrayList<>()).add(secret);
    }

    private static Optional<OtpSecret> secret(AccountStore stored, CredentialModel credential) {
        try {
            return Optional.of(stored.open(credential));
        } catch (UnreadableAccountException e) {
            return Optional.empty();
        }
    }

    private static Names names(OtpAuthUri uri) {
        return new Names(uri.issuer(), uri.account());
    }
}
