package io.github.totpguard.testprovider;

import io.github.totpguard.keycloak.gate.session.LostDeviceQuestion;
import io.github.totpguard.keycloak.gate.session.SecondFactorProof;
import org.keycloak.authentication.AuthenticationFlowContext;

/** Leaves the state that a login by backup code leaves: a proof, and the question for a lost device. */
final class LostDeviceStep extends TestStep {
    @Override
    public void authenticate(AuthenticationFlowContext context) {
        LostDeviceQuestion.in(context.getAuthenticationSession()).ask();
        SecondFactorProof.record(context.getSession());
        context.success();
    }
}
