package io.github.totpguard.it.entrances;

import java.util.function.Consumer;

/** Steps of a user, an application or an administrator, which are run on two servers. */
record Conversation(String name, Consumer<Visit> script) {

    /** The name that the test report shows. */
    @Override
    public String toString() {
        return name;
    }
}
