package io.clinicalstreams.demo;

import io.clinicalstreams.cluster.LocalCluster;
import java.util.Locale;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives a test, or a class's {@code BeforeAll}, a {@link World} of its own on one broker that all tests of the run share.
 * The world goes with the test, the broker with the run.
 */
final class OneBroker implements ParameterResolver {

    private static final ExtensionContext.Namespace OURS = ExtensionContext.Namespace.create(OneBroker.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
        return parameter.getParameter().getType() == World.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
        LocalCluster cluster = test.getRoot()
                .getStore(OURS)
                .computeIfAbsent("cluster", name -> LocalCluster.builder().start(), LocalCluster.class);
        return test.getStore(OURS)
                .computeIfAbsent("world", name -> World.on(cluster.bootstrapServers(), nameOf(test), 1), World.class);
    }

    /** A name that topics may have: made of the class and the test. */
    private static String nameOf(ExtensionContext test) {
        String type = test.getRequiredTestClass().getSimpleName();
        String method = test.getTestMethod()
                .map(each -> "-" + Integer.toHexString(each.getName().hashCode()))
                .orElse("");
        return (type + method).toLowerCase(Locale.ROOT);
    }
}
