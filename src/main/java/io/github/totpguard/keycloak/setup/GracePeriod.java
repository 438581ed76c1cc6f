package io.github.totpguard.keycloak.setup;

import io.github.totpguard.keycloak.ServerTime;
import io.github.totpguard.keycloak.gate.session.DeviceReplacement;
import io.github.totpguard.keycloak.gate.session.LostDeviceQuestion;
import io.github.totpguard.keycloak.gate.session.SecondFactor;
import io.github.totpguard.keycloak.gate.session.UserFactors;
import io.github.totpguard.keycloak.policy.GuardPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.authentication.authenticators.util.AcrStore;
import org.keycloak.authentication.authenticators.util.LoAUtil;
import org.keycloak.models.Constants;
import org.keycloak.models.utils.AuthenticationFlowResolver;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * The period in which new users may postpone set-up. It applies only if the login itself requires a first device. It
 * does not apply if a device is replaced, if the user has requested set-up, or if this login has been given a level of
 * authentication that requires a code.
 */
final class GracePeriod {
    private static final String NOTE = "totpGuard.setup.postponed";

    private final RequiredActionContext context;
    private final AuthenticationSessionModel authentication;
    private final GuardPolicy policy;

    private GracePeriod(RequiredActionContext context, GuardPolicy policy) {
        this.context = context;
        this.authentication = context.getAuthenticationSession();
        this.policy = policy;
    }

    static GracePeriod of(RequiredActionContext context, GuardPolicy policy) {
        return new GracePeriod(context, policy);
    }

    /** The end of the period, if set-up may be postponed now. */
    Optional<Instant> end() {
        return Optional.ofNullable(context.getUser().getCreatedTimestamp())
                .map(Instant::ofEpochMilli)
                .map(created -> created.plus(Duration.ofDays(policy.graceDays())))
                .filter(ServerTime.now()::isBefore)
                .filter(end -> isFirstDeviceOfLogin() && !isLevelGiven());
    }

    /** Postpones set-up until the next login. Call this only before the {@link #end}. */
    void postpone() {
        authentication.setAuthNote(NOTE, Boolean.TRUE.toString());
    }

    /** Whether this login has postponed set-up and may still do so. */
    boolean isPostponed() {
        return authentication.getAuthNote(NOTE) != null && end().isPresent();
    }

    private boolean isFirstDeviceOfLogin() {
        return authentication.getClientNote(Constants.KC_ACTION) == null
                && DeviceReplacement.in(authentication).credentialIds().isEmpty()
                && !LostDeviceQuestion.in(authentication).wasAsked()
                && !UserFactors.of(context.getUser()).isAny();
    }

    /** Keycloak gives the level when set-up is required, before it is done. */
    private boolean isLevelGiven() {
        Integer level = LoAUtil.getCredentialTypesToLoAMap(
                        context.getSession(),
                        context.getRealm(),
                        AuthenticationFlowResolver.resolveBrowserFlow(authentication))
                .get(SecondFactor.DEVICE.type());
        return level != null
                && level != Constants.NO_LOA
                && new AcrStore(context.getSession(), authentication)
                                .getLevelOfAuthenticationFromCurrentAuthentication()
                        >= level;
    }
}
