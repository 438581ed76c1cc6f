package io.github.totpguard.bench.run;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The operations of the nodes on Keycloak's clustered caches, from Infinispan's log. With two nodes, the owner's part
 * is a separate operation. The local caches of realms and users are left out, because they need no network and most of
 * their reads are not logged.
 */
final class CacheLog {

    static final String ARGUMENT =
            "--log-level=INFO,org.infinispan.interceptors.impl.InvocationContextInterceptor:TRACE";

    private static final String LOCAL = "Revisions";
    private static final Pattern LINE = Pattern.compile("Invoked (\\S+) with command (\\w+)");

    private final List<ProductionKeycloak> nodes;
    private final int[] read;

    CacheLog(List<ProductionKeycloak> nodes) {
        this.nodes = nodes;
        this.read = nodes.stream().mapToInt(node -> node.log().length()).toArray();
    }

    /**
     * The operations since the last call, with the names of the cache and the command. Keys are left out, because they
     * may be secrets.
     */
    List<String> operations() {
        StringBuilder fresh = new StringBuilder();
        for (int i = 0; i < read.length; i++) {
            String log = nodes.get(i).log();
            fresh.append(log, read[i], log.length());
            read[i] = log.length();
        }
        Matcher operation = LINE.matcher(fresh);
        return operation
                .results()
                .filter(found -> !found.group(1).endsWith(LOCAL))
                .map(found -> found.group(1) + " " + found.group(2))
                .toList();
    }
}
