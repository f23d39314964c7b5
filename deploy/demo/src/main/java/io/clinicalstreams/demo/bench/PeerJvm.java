package io.clinicalstreams.demo.bench;

import io.clinicalstreams.peer.PeerJob;
import io.clinicalstreams.peer.PeerProcess;
import io.clinicalstreams.peer.PeerResult;
import io.clinicalstreams.topics.problem.CommandException;
import io.clinicalstreams.topics.problem.ExitCode;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * A contender's process. It has the JVM options of this process, and stays for all rounds, so that its code is compiled
 * after the first.
 */
final class PeerJvm implements AutoCloseable {

    /** The folder of the peers' class paths; the launcher sets it. */
    static final String CLASS_PATHS = "clinical-streams.peers";

    private final Process process;
    private final BufferedReader answers;
    private final Writer jobs;

    private PeerJvm(Process process) {
        this.process = process;
        this.answers = process.inputReader(StandardCharsets.UTF_8);
        this.jobs = process.outputWriter(StandardCharsets.UTF_8);
    }

    /** @throws CommandException if its class path was not built */
    static PeerJvm start(Contender contender) throws IOException {
        List<String> command = new ArrayList<>();
        Path home = contender.javaHome() == null ? Path.of(System.getProperty("java.home")) : contender.javaHome();
        command.add(home.resolve("bin").resolve("java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> option.startsWith("-X"))
                .forEach(command::add);
        command.add("-Dlog4j2.configurationFile=classpath:log4j2-peers.xml");
        command.add(PeerProcess.class.getName());
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("CLASSPATH", classPath(contender.classPath()));
        return new PeerJvm(builder.start());
    }

    private static String classPath(@Nullable String peer) throws IOException {
        if (peer == null) {
            return System.getProperty("java.class.path");
        }
        String folder = System.getProperty(CLASS_PATHS);
        Path built = Path.of(folder == null ? "deploy/peers" : folder, peer, "target");
        Path libraries = built.resolve("classpath.txt");
        if (!Files.exists(libraries)) {
            throw new CommandException(
                    ExitCode.WRONG_USAGE,
                    "--against: " + libraries + " is missing; build it with: mvn -Dquick -Ppeers package");
        }
        return built.resolve("classes") + File.pathSeparator + Files.readString(libraries);
    }

    /** @throws CommandException if the peer failed, or its process ended */
    PeerResult run(PeerJob job) throws IOException, InterruptedException {
        start(job);
        String line = nextLine();
        if (line == null) {
            throw new CommandException(
                    ExitCode.FAILURE, "its process ended with exit code " + process.waitFor() + ", see above");
        }
        PeerProcess.Answer answer = PeerProcess.answer(line);
        if (answer.result() == null) {
            throw new CommandException(ExitCode.FAILURE, String.valueOf(answer.failure()));
        }
        return answer.result();
    }

    /** Starts a job without waiting for its end. */
    void start(PeerJob job) throws IOException {
        jobs.write(PeerProcess.line(job) + '\n');
        jobs.flush();
    }

    /** Whether a job without end still runs. */
    boolean isRunning() throws IOException {
        return process.isAlive() && !answers.ready();
    }

    /** A pipe's reader ignores interrupts, so another thread reads. */
    private @Nullable String nextLine() throws InterruptedException, IOException {
        try {
            return CompletableFuture.supplyAsync(this::readLine).get();
        } catch (ExecutionException failed) {
            throw new IOException(failed);
        }
    }

    private @Nullable String readLine() {
        try {
            return answers.readLine();
        } catch (IOException closed) {
            return null;
        }
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
