package io.github.totpguard.keycloak.vault.account;

import io.github.totpguard.core.otp.OtpParameters;
import io.github.totpguard.keycloak.gate.GuardedUser;
import jakarta.persistence.EntityManager;
import java.util.OptionalLong;

/**
 * The counters of a user's vault accounts, in the request's transaction: Keycloak commits it before it sends the answer, so no
 * code is told whose counter could be told again. A counter is removed with its account.
 */
public final class AccountCounters {
    private final GuardedUser owner;

    /** @param owner whose accounts they are, also where another user reads */
    public AccountCounters(GuardedUser owner) {
        this.owner = owner;
    }

    /**
     * The counter for one code, used up by this call. The request holds the {@link OwnerLock} and the lock of the account's
     * row.
     *
     * @param first the counter to begin with, if the account was never read
     * @return empty at the end of the range; each value of a credential is returned once
     */
    public OptionalLong take(String credentialId, long first) {
        long counter = next(credentialId, first);
        if (OtpParameters.Hotp.isAtEnd(counter)) {
            return OptionalLong.empty();
        }
        CounterTable.of(owner.session()).store(owner.realm().getId(), owner.id(), credentialId, counter + 1);
        return OptionalLong.of(counter);
    }

    /**
     * The counter that the next {@link #take} would return, to look at.
     *
     * @throws io.github.totpguard.keycloak.gate.store.VerificationUnavailableException if the user's row is not readable
     */
    public long next(String credentialId, long first) {
        OptionalLong counted = CounterTable.of(owner.session()).next(credentialId);
        return counted.isPresent()
                ? counted.getAsLong()
                : countedInUsersRow(credentialId).orElse(first);
    }

    /** Where counters were before they had a table: a code that was told then must not be told again. */
    private OptionalLong countedInUsersRow(String credentialId) {
        return owner.store("No code of the vault").peek().vaultCounter(credentialId);
    }

    /** Forgets what was counted for an account that is being removed, in the transaction that removes it. */
    public static void forget(EntityManager entities, String credentialId) {
        CounterTable.of(entities).remove(credentialId);
    }
}
