package io.github.totpguard.it.entrances;

import java.util.function.Consumer;

/** What a user, an application or an administrator does, to be done to two servers. */
record Conversation(String name, Consumer<Visit> script) {

    /** For the name of its test. */
    @Override
    public String toString() {
        return name;
    }
}
