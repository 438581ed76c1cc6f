package io.github.totpguard.core.state;

import io.github.totpguard.core.otp.OtpParameters;
import java.time.Instant;
import java.util.List;

/**
 * Handles codes whose acceptance the database may have lost when it ended without a shutdown: these codes count as used
 * (RFC 6238 section 5.2).
 */
public final class LostAcceptances {
    private LostAcceptances() {}

    /**
     * Spends every step that could have been accepted before a given time. An acceptance that moves the window forward
     * is never lost, so no window was further ahead than the remembered one.
     *
     * @param devices with their parameters; a device that never accepted a code has nothing to lose
     * @param until the state may lack acceptances from before this time
     */
    public static SecondFactorState spend(
            SecondFactorState state, List<Device> devices, AttemptRules rules, Instant until) {
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

    private static DeviceState spend(
            DeviceState known, OtpParameters.TimeBased timed, AttemptRules rules, Instant until) {
        int drift = Math.max(known.drift(), rules.drift().bounded(known.drift()));
        long newest = StepRange.plus(timed.stepAt(Math.max(0, until.getEpochSecond())), rules.window() + drift);
        return new DeviceState(Math.max(known.lastAcceptedStep(), newest), known.lastUsed(), known.drift());
    }
}
