package io.github.totpguard.harness;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives a test its {@link TestBrowser} and closes its windows with the test. */
public final class BrowserExtension implements ParameterResolver {

    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(BrowserExtension.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == TestBrowser.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getStore(NAMESPACE)
                .getOrComputeIfAbsent(TestBrowser.class, key -> new TestBrowser(shared(context)), TestBrowser.class);
    }

    /** The browser of the run, or a new one if the previous browser was killed. */
    private static SharedBrowser shared(ExtensionContext context) {
        ExtensionContext.Store run = context.getStore(ExtensionContext.StoreScope.LAUNCHER_SESSION, NAMESPACE);
        SharedBrowser present = run.get(SharedBrowser.class, SharedBrowser.class);
        if (present != null && !present.isAlive()) {
            run.remove(SharedBrowser.class);
        }
        return run.getOrComputeIfAbsent(SharedBrowser.class, key -> new SharedBrowser(), SharedBrowser.class);
    }
}
