package io.clinicalstreams.application.faults;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Changes Kafka's classes in another process of this machine, by {@link FaultAgent}; the process's end undoes it. */
enum JvmFault {
    CLOCK_TWO_MINUTES_AHEAD("120000,0"),
    SLOW_DISK("0,20");

    private final String arguments;

    JvmFault(String arguments) {
        this.arguments = arguments;
    }

    Instant strike(long pid) {
        try {
            Path agent = agent();
            VirtualMachine process = VirtualMachine.attach(Long.toString(pid));
            process.loadAgent(agent.toString(), arguments);
            process.detach();
            Files.delete(agent);
            return Instant.now();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (AttachNotSupportedException | AgentLoadException | AgentInitializationException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** A jar with a manifest only: the class itself is on the class path of every process under test. */
    private static Path agent() throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Agent-Class", FaultAgent.class.getName());
        manifest.getMainAttributes().putValue("Can-Retransform-Classes", "true");
        Path jar = Files.createTempFile("fault-agent", ".jar");
        new JarOutputStream(Files.newOutputStream(jar), manifest).close();
        return jar;
    }
}
