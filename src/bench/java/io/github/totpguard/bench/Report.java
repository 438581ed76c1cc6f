package io.github.totpguard.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The figures as Markdown. */
public final class Report {

    /** The order of the ratios; page and password are the same work on both sides and show how far chance goes. */
    private static final Map<String, ToDoubleFunction<Turn>> RATIOS = ratios();

    private final List<Turn> a;
    private final List<Turn> b;
    private final List<CountedStep> counted;

    /** Turns in the order they took place, the n-th of A before the n-th of B. */
    public Report(List<Turn> a, List<Turn> b, List<CountedStep> counted) {
        this.a = a;
        this.b = b;
        this.counted = counted;
    }

    private static Map<String, ToDoubleFunction<Turn>> ratios() {
        Map<String, ToDoubleFunction<Turn>> ratios = new LinkedHashMap<>();
        ratios.put("OTP step, p50", turn -> turn.percentile("otp", 0.5));
        ratios.put("OTP step, p99", turn -> turn.percentile("otp", 0.99));
        ratios.put("server CPU per login", Turn::serverCpuMillis);
        ratios.put("PostgreSQL CPU per login", Turn::postgresCpuMillis);
        ratios.put("logins per second", Turn::loginsPerSecond);
        ratios.put("password step, p50", turn -> turn.percentile("password", 0.5));
        ratios.put("login page, p50 (control)", turn -> turn.percentile("page", 0.5));
        return ratios;
    }

    public int errors() {
        return Turn.pooled("", a).errors() + Turn.pooled("", b).errors();
    }

    public String markdown(String heading) {
        List<String> lines = new ArrayList<>(List.of(heading, ""));
        lines.add("| turn | logins/s | logins | errors | OTP p50 ms | OTP p99 ms | password p50 ms | page p50 ms "
                + "| server CPU ms/login | PostgreSQL CPU ms/login | statements/login | commits/login |");
        lines.add("|---|---|---|---|---|---|---|---|---|---|---|---|");
        for (int i = 0; i < a.size(); i++) {
            lines.add(row(a.get(i)));
            lines.add(row(b.get(i)));
        }
        lines.add(row(Turn.pooled("**A**", a)));
        lines.add(row(Turn.pooled("**B**", b)));
        lines.add("");
        lines.add("| B / A | median | of the pairs |");
        lines.add("|---|---|---|");
        RATIOS.forEach((name, figure) -> lines.add(ratio(name, figure)));
        lines.add("");
        lines.add("| one login, alone | A statements | A commits | A cache operations "
                + "| B statements | B commits | B cache operations |");
        lines.add("|---|---|---|---|---|---|---|");
        Stream.concat(Phase.REQUESTS.stream(), Stream.of(CountedStep.OTP_OF_FORGOTTEN_USER))
                .forEach(request -> lines.add(counts(request)));
        int waits = Turn.pooled("", a).waits() + Turn.pooled("", b).waits();
        if (waits > 0) {
            lines.add("");
            lines.add("Clients found no user with a fresh code " + waits
                    + " times and waited: take more users (-Dbench.users=) before you use these figures.");
        }
        if (errors() > 0) {
            lines.add("");
            lines.add("There were errors: these figures are worth nothing. See gatling.log.");
        }
        return String.join("\n", lines) + "\n";
    }

    private static String row(Turn turn) {
        return String.format(
                Locale.ROOT,
                "| %s | %.1f | %d | %d | %.2f | %.2f | %.2f | %.2f | %.2f | %.2f | %.2f | %.2f |",
                turn.name(),
                turn.loginsPerSecond(),
                turn.logins().size(),
                turn.errors(),
                turn.percentile("otp", 0.5),
                turn.percentile("otp", 0.99),
                turn.percentile("password", 0.5),
                turn.percentile("page", 0.5),
                turn.serverCpuMillis(),
                turn.postgresCpuMillis(),
                turn.statementsPerLogin(),
                turn.commitsPerLogin());
    }

    private String ratio(String name, ToDoubleFunction<Turn> figure) {
        double[] pairs = new double[a.size()];
        for (int i = 0; i < pairs.length; i++) {
            pairs[i] = figure.applyAsDouble(b.get(i)) / figure.applyAsDouble(a.get(i));
        }
        double[] sorted = pairs.clone();
        Arrays.sort(sorted);
        double median = (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
        return String.format(Locale.ROOT, "| %s | %.3f | ", name, median)
                + Arrays.stream(pairs)
                        .mapToObj(pair -> String.format(Locale.ROOT, "%.3f", pair))
                        .collect(Collectors.joining(", "))
                + " |";
    }

    private String counts(String request) {
        return Stream.of("A", "B")
                .flatMap(side -> Stream.of(
                        range(side, request, CountedStep::statements),
                        range(side, request, CountedStep::commits),
                        range(side, request, CountedStep::cacheOperations)))
                .collect(Collectors.joining(" | ", "| " + request + " | ", " |"));
    }

    private String range(String side, String request, ToDoubleFunction<CountedStep> figure) {
        double[] sorted = counted.stream()
                .filter(step -> step.side().equals(side) && step.request().equals(request))
                .mapToDouble(figure)
                .sorted()
                .toArray();
        if (sorted.length == 0) {
            return "-";
        }
        long least = (long) sorted[0];
        long most = (long) sorted[sorted.length - 1];
        return least == most ? String.valueOf(least) : least + " to " + most;
    }
}
