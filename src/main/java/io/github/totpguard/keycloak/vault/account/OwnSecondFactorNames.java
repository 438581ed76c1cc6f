package io.github.totpguard.keycloak.vault.account;

import io.github.totpguard.keycloak.gate.GuardedUser;
import io.github.totpguard.keycloak.policy.AppNames;
import io.github.totpguard.keycloak.policy.GuardPolicy;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.models.UserModel;

/**
 * The names under which apps list the caller's own second factor of this realm. A user whose only copy of it is in the
 * vault cannot sign in to read it.
 *
 * @param accounts the possible account names, in lower case
 */
public record OwnSecondFactorNames(String issuer, Set<String> accounts) {

    public static OwnSecondFactorNames of(GuardedUser caller) {
        GuardPolicy policy = GuardPolicy.require(caller.realm());
        UserModel user = caller.user();
        return new OwnSecondFactorNames(
                AppNames.issuer(caller.session(), caller.realm(), user, policy),
                Stream.of(AppNames.account(user, policy), user.getUsername(), user.getEmail())
                        .filter(name -> name != null)
                        .map(AccountLabel::lowerCase)
                        .collect(Collectors.toSet()));
    }

    public boolean are(Optional<String> ofIssuer, String ofAccount) {
        return ofIssuer.filter(issuer::equalsIgnoreCase).isPresent()
                && accounts.contains(AccountLabel.lowerCase(ofAccount));
    }
}
