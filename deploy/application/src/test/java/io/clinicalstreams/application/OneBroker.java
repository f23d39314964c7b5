package io.clinicalstreams.application;

import io.clinicalstreams.cluster.LocalCluster;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.kafka.KafkaContainer;

/**
 * Gives each test, or a class's {@code BeforeAll}, its own {@link TestSystem} on one broker that all tests of the run share.
 * The system ends with the test, the broker with the run. The build runs these tests twice: on a broker from the Maven
 * artifacts and, with {@code -Dclinical.brokers=container} and Docker, on one in a container.
 */
final class OneBroker implements ParameterResolver, ExecutionCondition {

    private static final ExtensionContext.Namespace OURS = ExtensionContext.Namespace.create(OneBroker.class);
    private static final String IMAGE = "apache/kafka:4.4.0";

    /** A running broker. */
    private interface Running extends AutoCloseable {

        String bootstrapServers();

        /** Empty if its metrics are not served. */
        Optional<URI> metrics();

        @Override
        void close();
    }

    private record InProcesses(LocalCluster cluster) implements Running {

        @Override
        public String bootstrapServers() {
            return cluster.bootstrapServers();
        }

        @Override
        public Optional<URI> metrics() {
            return cluster.brokers().get(0).metrics();
        }

        @Override
        public void close() {
            cluster.close();
        }
    }

    private record InAContainer(KafkaContainer container) implements Running {

        @Override
        public String bootstrapServers() {
            return container.getBootstrapServers();
        }

        @Override
        public Optional<URI> metrics() {
            return Optional.empty();
        }

        @Override
        public void close() {
            container.stop();
        }
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext test) {
        return !wantsContainer() || DockerClientFactory.instance().isDockerAvailable()
                ? ConditionEvaluationResult.enabled("there is a broker for it")
                : ConditionEvaluationResult.disabled("skipped on a container's broker: no Docker here");
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
        return parameter.getParameter().getType() == TestSystem.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
        Running broker = test.getRoot().getStore(OURS).computeIfAbsent("broker", name -> start(), Running.class);
        return test.getStore(OURS)
                .computeIfAbsent(
                        "world",
                        name -> TestSystem.on(broker.bootstrapServers(), nameOf(test), 1)
                                .withBrokerMetrics(broker.metrics()),
                        TestSystem.class);
    }

    private static Running start() {
        if (!wantsContainer()) {
            return new InProcesses(LocalCluster.builder().metricsPort(0).start());
        }
        KafkaContainer container = new KafkaContainer(IMAGE);
        container.start();
        return new InAContainer(container);
    }

    private static boolean wantsContainer() {
        return System.getProperty("clinical.brokers", "").equals("container");
    }

    /** A valid topic name derived from the class and the test. */
    private static String nameOf(ExtensionContext test) {
        String type = test.getRequiredTestClass().getSimpleName();
        String method = test.getTestMethod()
                .map(each -> "-" + Integer.toHexString(each.getName().hashCode()))
                .orElse("");
        return (type + method).toLowerCase(Locale.ROOT);
    }
}
