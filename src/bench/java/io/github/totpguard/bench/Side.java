package io.github.totpguard.bench;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** One of the two that are compared, as the load sees it: the realm's address on each of its nodes, and its users. */
record Side(String name, List<URI> nodes, Crowd crowd) {

    /** Reads {@code bench.a} or {@code bench.b}: the realm's addresses, separated by commas. */
    static Side of(String name, int users) {
        List<URI> nodes = Stream.of(System.getProperty("bench." + name.toLowerCase(Locale.ROOT))
                        .split(","))
                .map(URI::create)
                .toList();
        return new Side(name, nodes, new Crowd(users));
    }

    /** Nodes take turns, request by request. */
    URI node(int request) {
        return nodes.get(request % nodes.size());
    }
}
