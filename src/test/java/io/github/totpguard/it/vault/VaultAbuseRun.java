package io.github.totpguard.it.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.totpguard.harness.AdminApi;
import io.github.totpguard.harness.DistributionKeycloak;
import io.github.totpguard.harness.Postgres;
import io.github.totpguard.harness.Realms;
import io.github.totpguard.harness.TestClock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Only with {@code mvn verify -Pabuse}: it takes minutes, and its measurements need the machine for themselves. */
@DisplayName("Ten abusive users of the vault")
final class VaultAbuseRun {
    private static final int USERS = 10;
    private static final int CONNECTIONS = 2;
    private static final int SECONDS = Integer.getInteger("abuse.seconds", 300);
    private static final int SECONDS_ALONE = 20;
    private static final double MAX_P99_MILLIS = 1_000;
    private static final long MAX_KEPT_MIB = 64;
    private static final Pattern USED = Pattern.compile("used (\\d+)K");

    @Test
    @Tag("S43")
    @Tag("S44")
    @DisplayName(
            "on 512 MiB the server stays alive, an anonymous p99 is below a second, and the heap returns to its size")
    void worst() {
        try (Postgres postgres = Postgres.start("vault-abuse-postgres");
                DistributionKeycloak keycloak = DistributionKeycloak.withHeap(
                        // The test causes thousands of refusals on purpose, so events are not logged.
                        "vault-abuse", postgres, "512m", "", List.of("--log-level=INFO,org.keycloak.events:off"))) {
            TestClock clock = new TestClock(keycloak.baseUrl());
            try (Realms realms = new Realms(new AdminApi(keycloak.baseUrl()), clock)) {
                VaultAbuse abuse = VaultAbuse.prepare(realms, clock, USERS);
                run(keycloak, abuse);
            }
        }
    }

    private static void run(DistributionKeycloak keycloak, VaultAbuse abuse) {
        // Once before, so that classes, caches and pools are loaded before the heap is measured.
        abuse.run(1, n -> n < AbuseShape.KINDS);
        AnonymousVisits alone =
                AnonymousVisits.begin(abuse.realm(), SECONDS_ALONE).end();
        long before = usedMebibytes(keycloak);
        abuse.answers().clear();

        AnonymousVisits beside = AnonymousVisits.begin(abuse.realm(), SECONDS);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        abuse.run(CONNECTIONS, n -> System.nanoTime() < end);
        beside.end();

        long after = usedMebibytes(keycloak);
        abuse.answers().forEach((what, times) -> System.out.println("abuse | " + what + " | " + times));
        System.out.println("abuse | processors " + Runtime.getRuntime().availableProcessors() + " | seconds " + SECONDS
                + " | requests " + sum(abuse.answers()) + " | served " + served(abuse.answers()));
        System.out.println("abuse | alone | " + alone);
        System.out.println("abuse | beside them | " + beside);
        System.out.println(
                "abuse | heap in use after a full collection | before " + before + " MiB | after " + after + " MiB");

        assertThat(keycloak.isAlive()).isTrue();
        assertThat(keycloak.log()).doesNotContain("OutOfMemoryError").doesNotContain("Uncaught server error");
        assertThat(abuse.untyped()).isEmpty();
        assertThat(beside.failures()).isEmpty();
        assertThat(beside.percentile(99)).as("p99").isLessThan(MAX_P99_MILLIS);
        assertThat(after - before).as("MiB kept").isLessThan(MAX_KEPT_MIB);
    }

    private static long sum(Map<String, LongAdder> answers) {
        return answers.values().stream().mapToLong(LongAdder::sum).sum();
    }

    private static String served(Map<String, LongAdder> answers) {
        return answers.entrySet().stream()
                .collect(Collectors.groupingBy(
                        answer -> answer.getKey().replaceAll(".*\\| ", "").replaceAll(" .*", ""),
                        TreeMap::new,
                        Collectors.summingLong(answer -> answer.getValue().sum())))
                .toString();
    }

    private static long usedMebibytes(DistributionKeycloak keycloak) {
        keycloak.jcmd("GC.run");
        keycloak.jcmd("GC.run");
        Matcher used = USED.matcher(keycloak.jcmd("GC.heap_info"));
        assertThat(used.find()).as("heap in use").isTrue();
        return Long.parseLong(used.group(1)) >> 10;
    }
}
