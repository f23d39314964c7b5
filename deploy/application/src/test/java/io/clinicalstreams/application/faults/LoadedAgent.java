package io.clinicalstreams.application.faults;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Changes classes in another process of this machine, by an agent on its class path; the process's end undoes it. */
public final class LoadedAgent {

    private LoadedAgent() {}

    public static void load(long pid, Class<?> agent, String arguments) {
        try {
            Path jar = jar(agent);
            VirtualMachine process = VirtualMachine.attach(Long.toString(pid));
            process.loadAgent(jar.toString(), arguments);
            process.detach();
            Files.delete(jar);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (AttachNotSupportedException | AgentLoadException | AgentInitializationException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** A jar with a manifest only: the class itself is on the class path of every process under test. */
    private static Path jar(Class<?> agent) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Agent-Class", agent.getName());
        manifest.getMainAttributes().putValue("Can-Retransform-Classes", "true");
        Path jar = Files.createTempFile("agent", ".jar");
        new JarOutputStream(Files.newOutputStream(jar), manifest).close();
        return jar;
    }
}
