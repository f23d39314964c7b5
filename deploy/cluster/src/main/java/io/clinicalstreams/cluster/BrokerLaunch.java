package io.clinicalstreams.cluster;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Starts a broker's process: this JVM's Java, its own heap and class path, attached or detached. */
record BrokerLaunch(
        String clusterId, int heapMegabytes, String classPath, boolean attached, Optional<MetricsAgent> metrics) {

    /**
     * The JMX exporter's agent in each broker, which serves the broker's metrics to Prometheus, with the settings of
     * {@code deploy/broker/jmx.yaml}.
     *
     * @param ports by the brokers' ids
     */
    record MetricsAgent(List<Integer> ports) {

        /** The JVM's option for a broker. Writes agent and settings to its folder. */
        String option(int broker, BrokerFolder folder) {
            Path agent = unpack("jmx_prometheus_javaagent.jar", folder);
            Path settings = unpack("jmx.yaml", folder);
            return "-javaagent:" + agent + '=' + BrokerAddress.HOST + ':' + ports.get(broker) + ':' + settings;
        }

        private static Path unpack(String name, BrokerFolder folder) {
            Path file = folder.root().resolve(name);
            try (InputStream packaged = BrokerLaunch.class.getResourceAsStream(name)) {
                Files.copy(Objects.requireNonNull(packaged, name), file, StandardCopyOption.REPLACE_EXISTING);
            } catch (IOException unwritable) {
                throw new UncheckedIOException(unwritable);
            }
            return file;
        }
    }

    private static final String LOGGING = "classpath:io/clinicalstreams/cluster/broker-log4j2.properties";

    /** Starts the process and writes its identity to the folder. */
    Process start(int broker, BrokerFolder folder) {
        ProcessBuilder builder = new ProcessBuilder(command(broker, folder));
        builder.environment().put("CLASSPATH", classPath);
        builder.redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(folder.console().toFile()));
        builder.redirectInput(
                attached ? ProcessBuilder.Redirect.PIPE : ProcessBuilder.Redirect.from(new File("/dev/null")));
        try {
            Process process = builder.start();
            BrokerIdentity.of(process.toHandle()).write(folder.process());
            return process;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> command(int broker, BrokerFolder folder) {
        List<String> command = new ArrayList<>(ownSession());
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx" + heapMegabytes + "m");
        command.addAll(performance());
        metrics.ifPresent(agent -> command.add(agent.option(broker, folder)));
        command.add("-XX:+ExitOnOutOfMemoryError");
        command.add("-Djava.awt.headless=true");
        command.add("-Dkafka.logs.dir=" + folder.logs());
        command.add("-Dlog4j2.configurationFile=" + LOGGING);
        command.add(BrokerProcess.class.getName());
        command.add(attached ? BrokerProcess.ATTACHED : BrokerProcess.DETACHED);
        command.add(clusterId);
        command.add(folder.settings().toString());
        return command;
    }

    /** Set or unset as for Kafka's own scripts. */
    private static List<String> performance() {
        String options =
                System.getenv().getOrDefault("KAFKA_JVM_PERFORMANCE_OPTS", "").strip();
        return options.isEmpty() ? List.of("-XX:+UseG1GC", "-XX:MaxGCPauseMillis=20") : List.of(options.split("\\s+"));
    }

    /**
     * Keeps the terminal's Ctrl-C and hang-up from the broker: a detached one outlives them, and the owner of an
     * attached one ends it, after the clients. Both commands exec the broker, so the process id stays the same.
     */
    private static List<String> ownSession() {
        return Stream.of("/usr/bin/setsid", "/usr/bin/nohup")
                .filter(command -> Files.isExecutable(Path.of(command)))
                .findFirst()
                .map(List::of)
                .orElse(List.of());
    }
}
