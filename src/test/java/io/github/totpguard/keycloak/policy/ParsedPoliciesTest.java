package io.github.totpguard.keycloak.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.totpguard.keycloak.policy.GuardPolicy.AccountName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ParsedPoliciesTest {
    private static final StoredPolicy DEFAULTS = stored(Map.of());

    private final AtomicInteger parsed = new AtomicInteger();
    private final ParsedPolicies policies = new ParsedPolicies(stored -> {
        parsed.incrementAndGet();
        return GuardPolicy.parse(stored);
    });

    @Test
    @DisplayName("the stored settings are parsed once for each realm")
    void once() {
        GuardPolicy policy = policies.of("a", DEFAULTS);
        assertThat(policies.of("a", stored(Map.of()))).isSameAs(policy);
        assertThat(parsed).hasValue(1);
        policies.of("b", DEFAULTS);
        assertThat(parsed).hasValue(2);
    }

    @Test
    @Tag("S57")
    @DisplayName("a changed setting applies at once, and so does a former one that is stored again")
    void changed() {
        for (String days : new String[] {"1", "2", "1", "2"}) {
            assertThat(policies.of("a", stored(Map.of("trustedBrowserDays", days)))
                            .trustedBrowserDays())
                    .hasToString(days);
        }
        assertThat(policies.of("a", DEFAULTS).trustedBrowserDays()).isZero();
    }

    @Test
    @Tag("S57")
    @DisplayName("a map that is changed in place is parsed again")
    void changedInPlace() {
        Map<String, String> live = new HashMap<>(Map.of("accountName", "email"));
        assertThat(policies.of("a", stored(live)).accountName()).isEqualTo(AccountName.EMAIL);
        live.put("accountName", "username");
        assertThat(policies.of("a", stored(live)).accountName()).isEqualTo(AccountName.USERNAME);
        live.put("maxDevices", null);
        assertThat(policies.of("a", stored(live)).maxDevices()).isEqualTo(5);
    }

    @Test
    @DisplayName("a change of any value of Keycloak's OTP policy changes the policy")
    void otpPolicy() {
        List<StoredPolicy> all = List.of(
                DEFAULTS,
                new StoredPolicy(Map.of(), "HmacSHA256", 6, 30, 1),
                new StoredPolicy(Map.of(), "HmacSHA1", 8, 30, 1),
                new StoredPolicy(Map.of(), "HmacSHA1", 6, 60, 1),
                new StoredPolicy(Map.of(), "HmacSHA1", 6, 30, 2));
        assertThat(all.stream().map(stored -> policies.of("a", stored)))
                .doesNotHaveDuplicates()
                .containsExactlyElementsOf(all.stream().map(GuardPolicy::parse).toList());
    }

    @Test
    @DisplayName("realms with different settings do not get each other's policy")
    void realms() {
        policies.of("a", stored(Map.of("maxDevices", "1")));
        policies.of("b", stored(Map.of("maxDevices", "2")));
        assertThat(policies.of("a", stored(Map.of("maxDevices", "1"))).maxDevices())
                .isEqualTo(1);
        assertThat(policies.of("b", stored(Map.of("maxDevices", "2"))).maxDevices())
                .isEqualTo(2);
        assertThat(parsed).hasValue(2);
    }

    @Test
    @Tag("S29")
    @Tag("S57")
    @DisplayName("an invalid setting is refused each time, never replaced by an older one")
    void refused() {
        policies.of("a", DEFAULTS);
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> policies.of("a", stored(Map.of("maxDevices", "0"))))
                    .isInstanceOf(InvalidPolicyException.class)
                    .hasMessageContaining("maxDevices");
        }
        assertThat(parsed).hasValue(4);
    }

    @Test
    @DisplayName("the number of cached policies is bounded")
    void bounded() {
        for (int realm = 0; realm < 3 * ParsedPolicies.MAX_REALMS; realm++) {
            policies.of("realm " + realm, DEFAULTS);
            assertThat(policies.size()).isBetween(1, ParsedPolicies.MAX_REALMS);
        }
    }

    @Test
    @DisplayName("threads that change one realm's settings each get the policy that they have stored")
    void threads() {
        Stream<Integer> got = IntStream.range(0, 10_000)
                .parallel()
                .mapToObj(i -> policies.of("a", stored(Map.of("maxDevices", Integer.toString(i % 20 + 1))))
                                .maxDevices()
                        - i % 20);
        assertThat(got).containsOnly(1);
    }

    private static StoredPolicy stored(Map<String, String> configuration) {
        return new StoredPolicy(configuration, "HmacSHA1", 6, 30, 1);
    }
}
