package io.github.totpguard.core.trust;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.totpguard.core.trust.TrustVerdict.Kind;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@DisplayName("Trusted browsers")
class TrustedBrowsersTest {
    private static final Duration LIFE = Duration.ofDays(30);
    private static final Instant START = Instant.ofEpochSecond(1_700_000_000);
    private static final Instant END = START.plus(LIFE);
    private static final String ID = "browser";
    private static final String BASIS = "password and devices";

    private int made;

    @Test
    @Tag("O1")
    @DisplayName("the newest token is trusted and rotated; hashes and the address of the use are stored")
    void rotation() {
        TrustToken first = token();
        TrustToken second = next(first);
        TrustedBrowsers.Used used = begun(first).use(use(first, START.plusSeconds(60)), second);
        assertThat(used.verdict()).isEqualTo(new TrustVerdict(Kind.TRUSTED, Optional.of(ID), Optional.of(END)));
        assertThat(used.browsers().lines().get(ID))
                .isEqualTo(new TrustedBrowserRecord(
                        first.keyHash(),
                        second.secretHash(),
                        Optional.of(first.secretHash()),
                        START,
                        END,
                        START.plusSeconds(60),
                        Optional.of("192.0.2.1"),
                        BASIS,
                        false));
        assertThat(used.browsers().toString())
                .doesNotContain(first.value().split("\\.")[0], second.value().split("\\.")[1]);
    }

    @Test
    @Tag("O1")
    @DisplayName("a parallel tab's replaced token is trusted for 10 s and changes nothing; after that it is theft")
    void grace() {
        TrustToken first = token();
        Instant rotated = START.plusSeconds(60);
        TrustedBrowsers after =
                begun(first).use(use(first, rotated), next(first)).browsers();
        for (Instant now : List.of(rotated, rotated.plusMillis(9_999))) {
            TrustedBrowsers.Used tab = after.use(use(first, now), next(first));
            assertThat(tab.verdict().kind()).isEqualTo(Kind.GRACE);
            assertThat(tab.verdict().trusted()).isTrue();
            assertThat(tab.browsers()).isEqualTo(after);
        }
        TrustedBrowsers.Used late = after.use(use(first, rotated.plusSeconds(10)), next(first));
        assertThat(late.verdict()).isEqualTo(new TrustVerdict(Kind.STOLEN, Optional.of(ID), Optional.empty()));
        assertThat(late.verdict().trusted()).isFalse();
        assertThat(late.browsers()).isEqualTo(TrustedBrowsers.NONE);
    }

    @Test
    @Tag("O1")
    @DisplayName("any older token is theft, also during the grace period of another, and invalidates the whole family")
    void anyOlder() {
        TrustToken first = token();
        TrustToken second = next(first);
        TrustToken third = next(second);
        TrustedBrowsers after = begun(first)
                .use(use(first, START.plusSeconds(1)), second)
                .browsers()
                .use(use(second, START.plusSeconds(2)), third)
                .browsers();
        TrustedBrowsers.Used theft = after.use(use(first, START.plusSeconds(3)), next(first));
        assertThat(theft.verdict().kind()).isEqualTo(Kind.STOLEN);
        assertThat(theft.browsers()
                        .use(use(third, START.plusSeconds(3)), next(third))
                        .verdict()
                        .kind())
                .isEqualTo(Kind.UNKNOWN);
    }

    @Test
    @Tag("O1")
    @DisplayName("a made-up token of an attacker ends no trust")
    void stranger() {
        TrustToken owner = token();
        TrustedBrowsers browsers = begun(owner);
        // The attacker even knows the secret's hash, like a reader of the table.
        TrustedBrowsers.Used used = browsers.use(use(token(), START.plusSeconds(60)), token());
        assertThat(used.verdict()).isEqualTo(new TrustVerdict(Kind.UNKNOWN, Optional.empty(), Optional.empty()));
        assertThat(used.browsers()).isEqualTo(browsers);
    }

    @Test
    @Tag("O1")
    @DisplayName("trust ends on time, however often it was used, and expiry is checked before theft")
    void expiry() {
        TrustToken first = token();
        TrustToken second = next(first);
        TrustedBrowsers used =
                begun(first).use(use(first, END.minusMillis(1)), second).browsers();
        assertThat(used.lines()).hasSize(1);
        for (TrustToken any : List.of(first, second)) {
            TrustedBrowsers.Used late = used.use(use(any, END), next(any));
            assertThat(late.verdict().kind()).isEqualTo(Kind.EXPIRED);
            assertThat(late.browsers()).isEqualTo(TrustedBrowsers.NONE);
        }
        assertThat(used.isStanding(ID, BASIS, END.minusMillis(1))).isTrue();
        assertThat(used.isStanding(ID, BASIS, END)).isFalse();
        assertThat(used.isStanding(ID, "another", START)).isFalse();
        assertThat(used.isStanding("another", BASIS, START)).isFalse();
    }

    @Test
    @Tag("O1")
    @DisplayName("a policy that became shorter ends trust earlier, one that became longer does not prolong it")
    void shorterPolicy() {
        TrustToken token = token();
        Duration shorter = Duration.ofDays(7);
        for (Duration life : List.of(shorter, Duration.ofDays(90))) {
            Instant end = life.equals(shorter) ? START.plus(shorter) : END;
            assertThat(begun(token)
                            .use(use(token, life, end.minusMillis(1)), next(token))
                            .verdict())
                    .isEqualTo(new TrustVerdict(Kind.TRUSTED, Optional.of(ID), Optional.of(end)));
            assertThat(begun(token)
                            .use(use(token, life, end), next(token))
                            .verdict()
                            .kind())
                    .isEqualTo(Kind.EXPIRED);
        }
    }

    @Test
    @Tag("O1")
    @DisplayName("a record without its credential, or with another fingerprint, has ended for good")
    void revoked() {
        TrustToken token = token();
        TrustedBrowsers browsers = begun(token);
        for (TrustUse use : List.of(
                new TrustUse(token, Set.of("another"), BASIS, LIFE, Optional.empty(), START),
                new TrustUse(token, Set.of(ID), "another password", LIFE, Optional.empty(), START))) {
            TrustedBrowsers.Used used = browsers.use(use, next(token));
            assertThat(used.verdict()).isEqualTo(new TrustVerdict(Kind.REVOKED, Optional.of(ID), Optional.empty()));
            assertThat(used.browsers().lines().get(ID).ended()).isTrue();
            assertThat(used.browsers().isStanding(ID, BASIS, START)).isFalse();
            // The former situation: the credential exists, and the fingerprint is the same.
            assertThat(used.browsers()
                            .use(use(token, START), next(token))
                            .verdict()
                            .kind())
                    .isEqualTo(Kind.REVOKED);
        }
    }

    @Test
    @DisplayName("an eleventh browser replaces the oldest one, not the least used one")
    void most() {
        TrustedBrowsers browsers = TrustedBrowsers.NONE;
        List<String> ids = new ArrayList<>();
        TrustToken oldest = token();
        for (int i = 0; i < 10; i++) {
            TrustToken token = i == 0 ? oldest : token();
            TrustedBrowsers.Begun begun =
                    browsers.begin("b" + i, line(token, START.plusSeconds(i)), Optional.empty(), Set.copyOf(ids));
            assertThat(begun.dropped()).isEmpty();
            browsers = begun.browsers();
            ids.add("b" + i);
        }
        browsers = browsers.use(
                        new TrustUse(oldest, Set.copyOf(ids), BASIS, LIFE, Optional.empty(), START.plusSeconds(90)),
                        next(oldest))
                .browsers();
        TrustedBrowsers.Begun eleventh =
                browsers.begin("b10", line(token(), START.plusSeconds(99)), Optional.empty(), Set.copyOf(ids));
        assertThat(eleventh.dropped()).containsExactly("b0");
        assertThat(trusted(eleventh.browsers())).hasSize(10).contains("b10").doesNotContain("b0");
        assertThat(eleventh.browsers().lines()).hasSize(11);
    }

    @Test
    @DisplayName(
            "useless records are removed first: expired, with another fingerprint, removed, or of this browser itself")
    void cleanUp() {
        TrustToken own = token();
        TrustedBrowsers browsers = new TrustedBrowsers(Map.of(
                "expired", TrustedBrowserRecord.begin(token(), START, START.plusSeconds(5), Optional.empty(), BASIS),
                "other basis", TrustedBrowserRecord.begin(token(), START, END, Optional.empty(), "another"),
                "removed", line(token(), START),
                "not visible yet", line(token(), START.plusSeconds(99)),
                "own", line(own, START),
                "kept", line(token(), START)));
        TrustedBrowsers.Begun begun = browsers.begin(
                "new",
                line(token(), START.plusSeconds(100)),
                Optional.of(own),
                Set.of("expired", "other basis", "own", "kept", "without a line"));
        assertThat(trusted(begun.browsers())).containsExactlyInAnyOrder("not visible yet", "kept", "new");
        assertThat(begun.browsers().lines().keySet())
                .containsExactlyInAnyOrder("other basis", "removed", "not visible yet", "own", "kept", "new");
        assertThat(begun.theft()).isEmpty();
        assertThat(begun.dropped()).containsExactlyInAnyOrder("expired", "other basis", "own", "without a line");
    }

    @Test
    @Tag("S40")
    @DisplayName("a replaced token is theft also after removal or a changed fingerprint, and is reported once")
    void theftAfterTheEnd() {
        TrustToken copied = token();
        TrustToken newest = next(copied);
        TrustedBrowsers used =
                begun(copied).use(use(copied, START.plusSeconds(1)), newest).browsers();
        Instant later = START.plusSeconds(60);
        for (TrustUse owner : List.of(
                useWithout(copied, later),
                new TrustUse(copied, Set.of(ID), "another password", LIFE, Optional.empty(), later))) {
            TrustUse thief = new TrustUse(newest, owner.storedIds(), owner.basis(), LIFE, Optional.empty(), later);
            for (TrustedBrowsers before :
                    List.of(used, used.use(thief, next(newest)).browsers())) {
                TrustedBrowsers.Used theft = before.use(owner, next(copied));
                assertThat(theft.verdict()).isEqualTo(new TrustVerdict(Kind.STOLEN, Optional.of(ID), Optional.empty()));
                assertThat(theft.browsers().use(owner, next(copied)).verdict().kind())
                        .isEqualTo(Kind.UNKNOWN);
            }
        }
    }

    @Test
    @Tag("S40")
    @DisplayName("theft of an ended family is reported until its end date, or the earlier one of a shorter policy")
    void endedLineExpires() {
        TrustToken copied = token();
        TrustedBrowsers browsers = begun(copied)
                .use(use(copied, START.plusSeconds(1)), next(copied))
                .browsers();
        assertThat(browsers.look(useWithout(copied, END.minusMillis(1)))
                        .verdict()
                        .kind())
                .isEqualTo(Kind.STOLEN);
        assertThat(browsers.look(useWithout(copied, END)).verdict().kind()).isEqualTo(Kind.EXPIRED);
        assertThat(browsers.look(use(copied, Duration.ofDays(7), START.plus(Duration.ofDays(7))))
                        .verdict()
                        .kind())
                .isEqualTo(Kind.EXPIRED);
    }

    @Test
    @Tag("S40")
    @DisplayName("two tabs of a browser whose trust was just removed are not theft")
    void tabsAfterTheEnd() {
        TrustToken first = token();
        TrustToken second = next(first);
        Instant rotated = START.plusSeconds(60);
        TrustedBrowsers browsers = begun(first).use(use(first, rotated), second).browsers();
        for (TrustToken tab : List.of(second, first, second)) {
            TrustedBrowsers.Used used = browsers.use(useWithout(tab, rotated.plusMillis(9_999)), next(tab));
            assertThat(used.verdict().kind()).isEqualTo(Kind.REVOKED);
            browsers = used.browsers();
        }
        assertThat(browsers.use(useWithout(first, rotated.plusSeconds(10)), next(first))
                        .verdict()
                        .kind())
                .isEqualTo(Kind.STOLEN);
    }

    @Test
    @Tag("S40")
    @DisplayName("a login that asks for a code detects theft and the end of trust, and rotates nothing")
    void look() {
        TrustToken first = token();
        TrustedBrowsers browsers = begun(first);
        TrustedBrowsers.Used looked = browsers.look(use(first, START.plusSeconds(60)));
        assertThat(looked.verdict()).isEqualTo(new TrustVerdict(Kind.TRUSTED, Optional.of(ID), Optional.of(END)));
        assertThat(looked.browsers()).isEqualTo(browsers);
        TrustedBrowsers replaced =
                browsers.use(use(first, START.plusSeconds(60)), next(first)).browsers();
        assertThat(replaced.look(use(first, START.plusSeconds(90))).verdict().kind())
                .isEqualTo(Kind.STOLEN);
        assertThat(browsers.look(useWithout(first, START))
                        .browsers()
                        .lines()
                        .get(ID)
                        .ended())
                .isTrue();
    }

    @Test
    @Tag("S40")
    @DisplayName("if a browser with a replaced token is trusted again, the theft of its former family is detected")
    void theftAtBegin() {
        TrustToken copied = token();
        TrustedBrowsers browsers = begun(copied)
                .use(use(copied, START.plusSeconds(1)), next(copied))
                .browsers();
        TrustedBrowsers.Begun begun =
                browsers.begin("new", line(token(), START.plusSeconds(60)), Optional.of(copied), Set.of(ID));
        assertThat(begun.theft()).hasValue(new TrustVerdict(Kind.STOLEN, Optional.of(ID), Optional.empty()));
        assertThat(begun.dropped()).containsExactly(ID);
        assertThat(begun.browsers().lines()).containsOnlyKeys("new");
    }

    @Test
    @Tag("S40")
    @DisplayName("a copy of a family that was dropped or replaced by its own browser is theft once it was rotated")
    void theftOfReplaced() {
        TrustToken copied = token();
        TrustToken newest = next(copied);
        TrustedBrowsers browsers = begun(copied)
                .use(use(copied, START.plusSeconds(1)), newest)
                .browsers()
                .begin("new", line(token(), START.plusSeconds(60)), Optional.of(newest), Set.of(ID))
                .browsers();
        assertThat(browsers.look(use(newest, START.plusSeconds(90))).verdict().kind())
                .isEqualTo(Kind.REVOKED);
        assertThat(browsers.look(use(copied, START.plusSeconds(90))).verdict().kind())
                .isEqualTo(Kind.STOLEN);
    }

    @Test
    @Tag("S40")
    @DisplayName("at most twenty ended families are kept; those that expire first are deleted")
    void mostEnded() {
        TrustedBrowsers browsers = TrustedBrowsers.NONE;
        for (int i = 0; i < 25; i++) {
            Instant now = START.plus(Duration.ofMinutes(2L * i));
            browsers = browsers.begin(
                            "b" + i,
                            TrustedBrowserRecord.begin(
                                    token(), now, END.minusSeconds(i), Optional.of("192.0.2.1"), BASIS),
                            Optional.empty(),
                            Set.of())
                    .browsers();
        }
        assertThat(trusted(browsers)).containsExactly("b24");
        assertThat(browsers.lines())
                .hasSize(21)
                .containsKeys("b0", "b19")
                .doesNotContainKeys("b20", "b21", "b22", "b23");
        assertThat(browsers.lines().get("b0").address()).isEmpty();
    }

    /** Two browsers hold a copy, and the trust can be removed at any time. After that, neither is trusted. */
    @Property(tries = 2000)
    @net.jqwik.api.Tag("S40")
    @Label("what was removed is never trusted again, and a replaced token is theft, removed or not, exactly once")
    void neverAfterTheEnd(
            @ForAll("uses") @Size(min = 2, max = 30) List<Use> uses, @ForAll @IntRange(max = 30) int removedBefore) {
        TrustToken copied = token();
        TrustedBrowsers browsers = begun(copied);
        TrustToken[] held = {copied, copied};
        TrustToken newest = copied;
        TrustToken before = newest;
        Instant exchanged = START;
        Instant now = START;
        boolean told = false;
        for (int i = 0; i < uses.size(); i++) {
            now = now.plus(uses.get(i).after());
            TrustToken presented = held[uses.get(i).holder()];
            TrustToken next = next(presented);
            boolean removed = i >= removedBefore;
            TrustedBrowsers.Used used = browsers.use(removed ? useWithout(presented, now) : use(presented, now), next);
            browsers = used.browsers();
            Kind kind = used.verdict().kind();
            boolean justReplaced = presented == before && now.isBefore(exchanged.plus(TrustedBrowsers.GRACE));
            if (told) {
                assertThat(kind).isEqualTo(Kind.UNKNOWN);
            } else if (presented != newest && !justReplaced) {
                assertThat(kind).isEqualTo(Kind.STOLEN);
                told = true;
            } else if (removed) {
                assertThat(kind).isEqualTo(Kind.REVOKED);
            } else {
                assertThat(kind).isEqualTo(presented == newest ? Kind.TRUSTED : Kind.GRACE);
            }
            if (kind == Kind.TRUSTED) {
                held[uses.get(i).holder()] = next;
                before = newest;
                newest = next;
                exchanged = now;
            }
        }
    }

    @Property(tries = 300)
    @net.jqwik.api.Tag("S40")
    @Label("however often trust begins and is removed, there are at most 10 trusted and 20 ended lines")
    void bounded(@ForAll @Size(max = 60) List<Boolean> removals) {
        TrustedBrowsers browsers = TrustedBrowsers.NONE;
        Set<String> stored = new HashSet<>();
        Instant now = START;
        for (boolean removal : removals) {
            now = now.plusSeconds(70);
            if (removal) {
                stored.stream().sorted().findFirst().ifPresent(stored::remove);
            }
            String id = "b" + made++;
            TrustedBrowsers.Begun begun = browsers.begin(id, line(token(), now), Optional.empty(), stored);
            browsers = begun.browsers();
            stored.removeAll(begun.dropped());
            stored.add(id);
            assertThat(trusted(browsers))
                    .hasSizeLessThanOrEqualTo(TrustedBrowsers.MAX_BROWSERS)
                    .containsAll(stored);
            assertThat(browsers.lines().size() - trusted(browsers).size())
                    .isLessThanOrEqualTo(TrustedBrowsers.MAX_ENDED);
        }
    }

    /**
     * Two browsers hold copies of one token and use them in any order. If both are trusted at the same time, this lasts
     * no longer than the grace period. Once both have used it, the second use after the grace period ends the family.
     */
    @Property(tries = 2000)
    @net.jqwik.api.Tag("O1")
    @Label("of two holders of a copy never both are let in for longer than the grace, and the later is found out")
    void neverTwoHolders(@ForAll("uses") @Size(min = 2, max = 30) List<Use> uses) {
        TrustToken copied = token();
        TrustedBrowsers browsers = begun(copied);
        TrustToken[] held = {copied, copied};
        Instant now = START;
        Instant handedOver = null;
        int newest = -1;
        boolean over = false;
        for (Use use : uses) {
            now = now.plus(use.after());
            TrustToken presented = held[use.holder()];
            TrustToken next = next(presented);
            TrustedBrowsers.Used used = browsers.use(use(presented, now), next);
            browsers = used.browsers();
            Kind kind = used.verdict().kind();
            if (over) {
                assertThat(kind).isEqualTo(Kind.UNKNOWN);
            } else if (newest < 0 || newest == use.holder()) {
                // Only this browser has used the token so far, or its token is the newest.
                assertThat(kind).isEqualTo(Kind.TRUSTED);
                handedOver = newest < 0 ? now : handedOver;
                newest = use.holder();
            } else {
                boolean early = kind == Kind.GRACE;
                assertThat(kind).isIn(Kind.GRACE, Kind.STOLEN);
                if (early) {
                    assertThat(Duration.between(handedOver, now)).isLessThan(TrustedBrowsers.GRACE);
                } else {
                    assertThat(browsers).isEqualTo(TrustedBrowsers.NONE);
                    over = true;
                }
            }
            if (kind == Kind.TRUSTED) {
                held[use.holder()] = next;
            }
        }
    }

    @Property(tries = 500)
    @net.jqwik.api.Tag("O1")
    @Label("the user alone, with parallel tabs, is never taken for a thief")
    void ownerAlone(@ForAll("tabs") @Size(max = 30) List<List<Integer>> logins) {
        TrustToken held = token();
        TrustedBrowsers browsers = begun(held);
        Instant now = START;
        for (List<Integer> tabs : logins) {
            now = now.plusSeconds(11);
            TrustToken sent = held;
            for (int delay : tabs) {
                TrustToken next = next(sent);
                TrustedBrowsers.Used used = browsers.use(use(sent, now.plusMillis(delay)), next);
                assertThat(used.verdict().trusted()).isTrue();
                browsers = used.browsers();
                // Only the first tab gets a cookie, so it is the newest in whatever order the answers arrive.
                held = used.verdict().kind() == Kind.TRUSTED ? next : held;
            }
        }
        assertThat(browsers.lines()).hasSize(1);
    }

    /** @param after the time since the previous use */
    record Use(int holder, Duration after) {}

    @Provide
    Arbitrary<List<Use>> uses() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 1),
                        Arbitraries.longs().between(0, 15_000).map(Duration::ofMillis))
                .as(Use::new)
                .list();
    }

    @Provide
    Arbitrary<List<List<Integer>>> tabs() {
        return Arbitraries.integers()
                .between(0, 9_999)
                .list()
                .ofMinSize(1)
                .ofMaxSize(4)
                .map(delays -> delays.stream().sorted().toList())
                .list();
    }

    private static TrustUse use(TrustToken presented, Instant now) {
        return new TrustUse(presented, Set.of(ID), BASIS, LIFE, Optional.of("192.0.2.1"), now);
    }

    private static TrustUse use(TrustToken presented, Duration life, Instant now) {
        return new TrustUse(presented, Set.of(ID), BASIS, life, Optional.empty(), now);
    }

    /** A use after the credential was removed. */
    private static TrustUse useWithout(TrustToken presented, Instant now) {
        return new TrustUse(presented, Set.of(), BASIS, LIFE, Optional.empty(), now);
    }

    private static Set<String> trusted(TrustedBrowsers browsers) {
        return browsers.lines().entrySet().stream()
                .filter(entry -> !entry.getValue().ended())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private static TrustedBrowsers begun(TrustToken token) {
        return TrustedBrowsers.NONE
                .begin(ID, line(token, START), Optional.empty(), Set.of())
                .browsers();
    }

    private static TrustedBrowserRecord line(TrustToken token, Instant now) {
        return TrustedBrowserRecord.begin(token, now, END, Optional.empty(), BASIS);
    }

    private TrustToken token() {
        return TrustToken.of(random(), random());
    }

    private TrustToken next(TrustToken token) {
        return token.next(random());
    }

    /** Different on every call. */
    private byte[] random() {
        return ByteBuffer.allocate(TrustToken.BYTES).putInt(made++).array();
    }
}
