package io.github.totpguard.it.vault;

import io.github.totpguard.harness.TestRealm;
import io.github.totpguard.harness.VaultApi;
import java.util.concurrent.atomic.AtomicInteger;

/** A user of the vault whom no other test uses, so that budgets and lists are not shared. */
record VaultPerson(String name, String id, VaultApi api) {
    private static final AtomicInteger COUNT = new AtomicInteger();

    static VaultPerson in(TestRealm realm) {
        String name = "person" + COUNT.incrementAndGet();
        String id = VaultApi.addUser(realm, name);
        return new VaultPerson(name, id, VaultApi.withPassword(realm, name));
    }
}
