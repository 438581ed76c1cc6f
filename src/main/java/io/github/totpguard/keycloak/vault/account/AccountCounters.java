package io.github.totpguard.keycloak.vault.account;

import io.github.totpguard.core.otp.OtpParameters;
import io.github.totpguard.keycloak.gate.GuardedUser;
import jakarta.persistence.EntityManager;
import java.util.OptionalLong;

/**
 * The HOTP counters of a user's vault accounts, written in the request's transaction. Keycloak commits the transaction
 * before it sends the response, so the counter of a code that was sent is never used again. A counter is removed with
 * its account.
 */
public final class AccountCounters {
    private final GuardedUser owner;

    /** @param owner the owner of the accounts, also if another user reads a code */
    public AccountCounters(GuardedUser owner) {
        this.owner = owner;
    }

    /**
     * Returns the counter for one code and advances it. The request must hold the {@link OwnerLock} and the lock of the
     * account's row.
     *
     * @param first the counter to start with if no code of the account was ever read
     * @return empty at the end of the range; each value is returned once for a credential
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
     * The counter that the next {@link #take} would return. It is not advanced.
     *
     * @throws io.github.totpguard.keycloak.gate.store.VerificationUnavailableException if the user's row is not
     *     readable
     */
    public long next(String credentialId, long first) {
        OptionalLong counted = CounterTable.of(owner.session()).next(credentialId);
        return counted.isPresent()
                ? counted.getAsLong()
                : countedInUsersRow(credentialId).orElse(first);
    }

    /** Counters were stored here before they had a table. A code that was sent then must not be sent again. */
    private OptionalLong countedInUsersRow(String credentialId) {
        return owner.store("No counter of a vault account").peek().vaultCounter(credentialId);
    }

    /** Deletes the counter of an account, in the transaction that removes the account. */
    static void forget(EntityManager entities, String credentialId) {
        CounterTable.of(entities).remove(credentialId);
    }
}
