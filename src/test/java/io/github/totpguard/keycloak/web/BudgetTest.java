package io.github.totpguard.keycloak.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.totpguard.keycloak.web.Budgets.Budget;
import io.github.totpguard.keycloak.web.Budgets.Kind;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class BudgetTest {
    @Test
    @DisplayName("the whole budget can be used at once, then it refills evenly, up to the whole budget")
    void perMinute() {
        Budget budget = new Budget(60, 0);
        for (int i = 0; i < 60; i++) {
            assertThat(budget.take(0)).isEmpty();
        }
        assertThat(budget.take(0)).hasValue(1);
        assertThat(budget.take(999)).hasValue(1);
        assertThat(budget.take(1000)).isEmpty();
        assertThat(budget.take(1000)).hasValue(1);
        for (int i = 0; i < 60; i++) {
            assertThat(budget.take(10_000_000)).isEmpty();
        }
        assertThat(budget.take(10_000_000)).isNotEmpty();
    }

    @Test
    @Tag("S46")
    @DisplayName("a request that costs more takes more, and is allowed when the budget covers all of it")
    void amounts() {
        Budget budget = new Budget(60, 0);
        assertThat(budget.take(50, 0)).isEmpty();
        assertThat(budget.take(20, 0)).as("10 are left").hasValue(10);
        assertThat(budget.take(10, 0)).isEmpty();
        assertThat(budget.take(20, 19_999)).hasValue(1);
        assertThat(budget.take(20, 20_000)).isEmpty();
        assertThat(budget.take(1, 20_000)).hasValue(1);
    }

    @Property
    @Label("a caller who waits as long as the response says is allowed")
    void waiting(@ForAll @IntRange(min = 1, max = 300) int perMinute, @ForAll @LongRange(min = 0) long start) {
        long now = Math.min(start, Long.MAX_VALUE / 2);
        Budget budget = new Budget(perMinute, now);
        for (int i = 0; i < perMinute; i++) {
            budget.take(now);
        }
        int seconds = budget.take(now).orElseThrow();
        assertThat(seconds).isBetween(1, 60);
        assertThat(budget.take(now + seconds * 1000L)).isEmpty();
    }

    @Test
    @DisplayName("if the clock is set back, the budget grants nothing extra and locks no user out for longer")
    void clockSetBack() {
        Budget budget = new Budget(1, 1_000_000);
        assertThat(budget.take(1_000_000)).isEmpty();
        assertThat(budget.take(0)).hasValue(60);
        assertThat(budget.take(60_000)).isEmpty();
    }

    @Test
    @DisplayName("each user, realm and kind has a separate budget, and the least recently used budget is dropped first")
    void separate() {
        Budgets budgets = new Budgets(3);
        for (int i = 0; i < 5; i++) {
            assertThat(budgets.take("r", "a", Kind.EXPORT, 0)).isEmpty();
        }
        assertThat(budgets.take("r", "a", Kind.EXPORT, 0)).isNotEmpty();
        assertThat(budgets.take("r", "a", Kind.IMPORT, 0)).isEmpty();
        assertThat(budgets.take("r", "b", Kind.EXPORT, 0)).isEmpty();
        assertThat(budgets.take("r", "a", Kind.EXPORT, 0)).isNotEmpty();
        assertThat(budgets.take("s", "a", Kind.EXPORT, 0)).isEmpty();
        assertThat(budgets.take("r", "a", Kind.EXPORT, 0))
                .as("still remembered")
                .isNotEmpty();
    }
}
