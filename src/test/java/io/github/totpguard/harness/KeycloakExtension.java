package io.github.totpguard.harness;

import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests the running Keycloak of their JVM and its helpers as parameters: {@link KeycloakRuntime},
 * {@link AdminApi}, {@link TestClock}, {@link Realms}, {@link Database}. Realms requested in {@code @BeforeAll} live as
 * long as the class. The server starts with the first test that requests it and stops after the last.
 */
public final class KeycloakExtension implements ParameterResolver, AfterEachCallback {

    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(KeycloakExtension.class);

    private static final Map<Class<?>, Function<ExtensionContext, Object>> PARAMETERS = Map.of(
            KeycloakRuntime.class, KeycloakExtension::keycloak,
            AdminApi.class, KeycloakExtension::admin,
            TestClock.class, KeycloakExtension::clock,
            Realms.class, KeycloakExtension::realms,
            Database.class, context -> Database.of(keycloak(context)));

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return PARAMETERS.containsKey(parameter.getParameter().getType());
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return PARAMETERS.get(parameter.getParameter().getType()).apply(context);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        TestClock clock = forTheRun(context).get(TestClock.class, TestClock.class);
        if (clock != null) {
            clock.reset();
        }
    }

    private static KeycloakRuntime keycloak(ExtensionContext context) {
        return forTheRun(context, KeycloakRuntime.class, KeycloakRuntime::start);
    }

    private static AdminApi admin(ExtensionContext context) {
        return forTheRun(
                context, AdminApi.class, () -> new AdminApi(keycloak(context).baseUrl()));
    }

    private static TestClock clock(ExtensionContext context) {
        return forTheRun(
                context, TestClock.class, () -> new TestClock(keycloak(context).baseUrl()));
    }

    private static Realms realms(ExtensionContext context) {
        return context.getStore(NAMESPACE)
                .getOrComputeIfAbsent(Realms.class, key -> new Realms(admin(context), clock(context)), Realms.class);
    }

    private static <T> T forTheRun(ExtensionContext context, Class<T> type, Supplier<T> maker) {
        return forTheRun(context).getOrComputeIfAbsent(type, key -> maker.get(), type);
    }

    // JUnit closes every AutoCloseable in its stores when their scope ends, the last created first. If several JVMs
    // share the classes, the root context ends with each class; only the launcher session ends with the JVM.
    private static ExtensionContext.Store forTheRun(ExtensionContext context) {
        return context.getStore(ExtensionContext.StoreScope.LAUNCHER_SESSION, NAMESPACE);
    }
}
