package io.github.totpguard.core.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class LockoutTest {
    @Test
    @Tag("H3")
    @Tag("N6")
    @DisplayName("each lock lasts twice as long as the one before, up to the maximum")
    void doubles() {
        Lockout lockout = new Lockout(5, Duration.ofSeconds(60), Duration.ofSeconds(3600), 100);
        assertThat(lockout.lock(0)).isEqualTo(Duration.ofSeconds(60));
        assertThat(lockout.lock(1)).isEqualTo(Duration.ofSeconds(120));
        assertThat(lockout.lock(5)).isEqualTo(Duration.ofSeconds(1920));
        assertThat(lockout.lock(6)).isEqualTo(Duration.ofSeconds(3600));
        assertThat(lockout.lock(Integer.MAX_VALUE)).isEqualTo(Duration.ofSeconds(3600));
    }

    @Test
    @Tag("N4")
    @DisplayName("the strictest and the most lenient values are accepted")
    void bounds() {
        Duration minute = Duration.ofMinutes(1);
        assertThat(new Lockout(1, minute, minute, 1).lock(1)).isEqualTo(minute);
        assertThat(new Lockout(100, minute, minute, 100).lock(0)).isEqualTo(minute);
    }

    @Test
    @Tag("N4")
    @DisplayName("values that would not limit anything are refused")
    void refused() {
        Duration minute = Duration.ofMinutes(1);
        assertThatIllegalArgumentException().isThrownBy(() -> new Lockout(0, minute, minute, 100));
        assertThatIllegalArgumentException().isThrownBy(() -> new Lockout(5, Duration.ZERO, minute, 100));
        assertThatIllegalArgumentException().isThrownBy(() -> new Lockout(5, minute, minute.minusSeconds(1), 100));
        assertThatIllegalArgumentException().isThrownBy(() -> new Lockout(5, minute, minute, 4));
        assertThatIllegalArgumentException().isThrownBy(() -> new Lockout(5, minute, minute, 101));
    }
}
