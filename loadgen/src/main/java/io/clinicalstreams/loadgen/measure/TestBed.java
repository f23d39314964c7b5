package io.clinicalstreams.loadgen.measure;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;

/**
 * What a measurement ran on.
 *
 * @param java the JVM's name and version
 * @param kafka the version of the clients, and of the brokers that this program starts
 * @param commit of this program, as Git names it
 */
public record TestBed(Machine machine, String java, String kafka, String commit) {

    /** This machine and JVM, and the sources in the working folder. */
    public static TestBed local() {
        return at(Commit.current());
    }

    /** This machine and JVM with a known commit. */
    public static TestBed at(String commit) {
        String java = System.getProperty("java.vm.name") + ' ' + System.getProperty("java.version");
        return new TestBed(Machine.local(), java, kafkaVersion(), commit);
    }

    private static String kafkaVersion() {
        Properties properties = new Properties();
        try (InputStream file = TestBed.class.getResourceAsStream("/kafka/kafka-version.properties")) {
            properties.load(Objects.requireNonNull(file));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return properties.getProperty("version", "unknown");
    }
}
