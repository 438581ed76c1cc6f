package io.github.totpguard.core.state;

import io.github.totpguard.core.otp.OtpParameters;
import java.time.Instant;
import java.util.List;

/**
 * Codes whose acceptance the database may have forgotten when it ended without shutting down: they are taken for used
 * (RFC 6238 section 5.2).
 */
public final class LostAcceptances {
    private LostAcceptances() {}

    /**
     * Spends every step that could have been accepted up to a moment. An acceptance that moves the window forward is never
     * forgotten, so no window was further ahead than the one that is remembered.
     *
     * @param devices with their parameters; of a device that never accepted a code nothing can be forgotten
     * @param until acceptances before this moment may be missing in the state
     */
    public static SecondFactorState spend(SecondFactorState state, List<Device> devices, AttemptRules rules, Instant until) {
        SecondFactorState spent = state;
        for (Device device : devices) {
            if (device.parameters() instanceof OtpParameters.TimeBased timed) {
                DeviceState known = state.device(device.id()).orElse(null);
                if (known != null) {
                    spent = spent.with(device.id(), spend(known, timed, rules, until));
                }
            }
        }
        return spent;
    }

    private static DeviceState spend(DeviceState known, OtpParameters.TimeBased timed, AttemptRules rules, Instant until) {
        int drift = Math.max(known.drift(), rules.drift().bounded(known.drift()));
        long newest = StepRange.plus(timed.stepAt(Math.max(0, until.getEpochSecond())), rules.window() + drift);
        return new DeviceState(Math.max(known.lastAcceptedStep(), newest), known.lastUsed(), known.drift());
    }
}
