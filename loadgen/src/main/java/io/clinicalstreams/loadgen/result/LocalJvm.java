package io.clinicalstreams.loadgen.result;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Optional;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import org.jspecify.annotations.Nullable;

/**
 * The counters of this JVM, or of another one of the same user on this machine. That needs no setup: the other one starts
 * its management agent when it is asked to.
 */
final class LocalJvm implements AutoCloseable {

    /** A JVM that is stopped would otherwise hold the caller for ever. */
    private static final String RESPONSE_TIMEOUT = "sun.rmi.transport.tcp.responseTimeout";

    private static final String RESPONSE_MILLIS = "2000";

    private static final ObjectName MEMORY = name("java.lang:type=Memory");
    private static final ObjectName COLLECTORS = name("java.lang:type=GarbageCollector,name=*");
    private static final ObjectName BROKER_IN = name("kafka.server:type=BrokerTopicMetrics,name=BytesInPerSec");
    private static final ObjectName BROKER_OUT = name("kafka.server:type=BrokerTopicMetrics,name=BytesOutPerSec");
    private static final ObjectName CONSUMERS = name("kafka.consumer:type=consumer-metrics,client-id=*");
    private static final ObjectName PRODUCERS = name("kafka.producer:type=producer-metrics,client-id=*");

    private final MBeanServerConnection server;
    private final @Nullable JMXConnector connector;

    private LocalJvm(MBeanServerConnection server, @Nullable JMXConnector connector) {
        this.server = server;
        this.connector = connector;
    }

    /** Empty if the process is no JVM of this user, or does not answer. */
    @SuppressWarnings("BanJNDI") // The address comes from a process of this user on this machine.
    static Optional<LocalJvm> of(long pid) {
        if (pid == ProcessHandle.current().pid()) {
            return Optional.of(new LocalJvm(ManagementFactory.getPlatformMBeanServer(), null));
        }
        String id = Long.toString(pid);
        // Attaching sends a signal that would end a process that is no JVM.
        if (VirtualMachine.list().stream().noneMatch(listed -> listed.id().equals(id))) {
            return Optional.empty();
        }
        System.getProperties().putIfAbsent(RESPONSE_TIMEOUT, RESPONSE_MILLIS);
        try {
            VirtualMachine machine = VirtualMachine.attach(id);
            try {
                JMXConnector connector =
                        JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent()));
                return Optional.of(new LocalJvm(connector.getMBeanServerConnection(), connector));
            } finally {
                machine.detach();
            }
        } catch (AttachNotSupportedException | IOException refused) {
            return Optional.empty();
        }
    }

    /** Empty if it does not answer. */
    Optional<JvmCounters> counters() {
        try {
            CompositeData heap = (CompositeData) server.getAttribute(MEMORY, "HeapMemoryUsage");
            boolean isBroker = server.isRegistered(BROKER_IN);
            return Optional.of(new JvmCounters(
                    ((Number) heap.get("used")).doubleValue(),
                    pauses(),
                    isBroker ? sum(BROKER_IN, "Count") : sum(CONSUMERS, "incoming-byte-total"),
                    isBroker ? sum(BROKER_OUT, "Count") : sum(PRODUCERS, "outgoing-byte-total")));
        } catch (JMException | IOException noAnswer) {
            return Optional.empty();
        }
    }

    /** Some collectors count their concurrent work as a collector of its own, during which nothing stands still. */
    private double pauses() throws JMException, IOException {
        double millis = 0;
        for (ObjectName collector : server.queryNames(COLLECTORS, null)) {
            String name = collector.getKeyProperty("name");
            if (!name.contains("Concurrent") && !name.contains("Cycles")) {
                millis += ((Number) server.getAttribute(collector, "CollectionTime")).doubleValue();
            }
        }
        return millis;
    }

    private double sum(ObjectName pattern, String attribute) throws JMException, IOException {
        double sum = 0;
        for (ObjectName each : server.queryNames(pattern, null)) {
            sum += ((Number) server.getAttribute(each, attribute)).doubleValue();
        }
        return sum;
    }

    private static ObjectName name(String name) {
        try {
            return ObjectName.getInstance(name);
        } catch (JMException wrong) {
            throw new IllegalArgumentException(wrong);
        }
    }

    @Override
    public void close() {
        if (connector != null) {
            try {
                connector.close();
            } catch (IOException ended) {
                // It ended before.
            }
        }
    }
}
