package io.clinicalstreams.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;

/** {@code pipeline run} in a separate process, with methods to stop, pause and kill it. Its output goes to one file. */
public final class PipelineProcess implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration PROMISED_STOP = Duration.ofSeconds(10);
    private static final Duration GLANCE = Duration.ofMillis(20);
    private static final Pattern PORT = Pattern.compile("health and metrics on [\\d.]+:(\\d+)");
    private static final int TAIL = 4_000;

    /** Pauses a process with SIGSTOP until standard input ends, so that it resumes even if this JVM dies. */
    private static final String HOLD =
            "trap '' INT HUP TERM; kill -STOP $1 || exit 1; echo held; cat >/dev/null; kill -CONT $1";

    private final Process process;
    private final Path log;
    private final HttpClient http = HttpClient.newHttpClient();
    private @Nullable Process holder;

    private PipelineProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** As small as a JVM can be. */
    static final List<String> SMALL = List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    static final List<String> AT_THE_LAUNCHERS_HEAP = List.of("-Xmx1g", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    /** As in {@code ./clinical-streams}. */
    static final List<String> AS_LAUNCHED = List.of("-Xmx1g", "-XX:+UseG1GC", "-XX:OnOutOfMemoryError=kill -9 %p");

    /**
     * @param jvm its options
     * @param arguments those of {@code pipeline run}
     */
    static PipelineProcess start(List<String> jvm, List<String> arguments, Path log) {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(jvm);
        command.addAll(List.of(PipelineChild.class.getName(), "pipeline", "run"));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        builder.redirectErrorStream(true);
        builder.redirectOutput(log.toFile());
        try {
            return new PipelineProcess(builder.start(), log);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Whether all lanes are ready; also false while there is no response. */
    public boolean isReady() {
        return status("/health/ready") == 200;
    }

    public PipelineProcess awaitReady() {
        try {
            await().atMost(START).pollInterval(GLANCE).until(this::isReadyOrEnded);
        } catch (ConditionTimeoutException late) {
            throw new AssertionError("not ready within " + START + ": " + body("/health/ready") + "; " + tail(), late);
        }
        assertThat(isAlive()).as(() -> "the pipeline runs; " + tail()).isTrue();
        return this;
    }

    /** Waits until it responds, ready or not: its lanes have been started. */
    public PipelineProcess awaitStarted() {
        await().atMost(START).pollInterval(GLANCE).until(() -> port() > 0 || !isAlive());
        assertThat(isAlive()).as(() -> "the pipeline runs; " + tail()).isTrue();
        return this;
    }

    private boolean isReadyOrEnded() {
        return isReady() || !isAlive();
    }

    /** The response's status; 0 if there is none. */
    public int status(String path) {
        HttpResponse<String> answer = get(path);
        return answer == null ? 0 : answer.statusCode();
    }

    /** The response's text; empty if there is none. */
    public String body(String path) {
        HttpResponse<String> answer = get(path);
        return answer == null ? "" : answer.body();
    }

    /** The sum of a metric's series whose line contains the text. */
    public double metric(String name, String holding) {
        return body("/metrics")
                .lines()
                .filter(line -> line.startsWith(name) && line.contains(holding))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private @Nullable HttpResponse<String> get(String path) {
        int port = port();
        if (port == 0) {
            return null;
        }
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .timeout(Duration.ofSeconds(5))
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException noAnswer) {
            return null;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    private int port() {
        Matcher port = PORT.matcher(output());
        return port.find() ? Integer.parseInt(port.group(1)) : 0;
    }

    /** SIGKILL. Returns when the process has ended. */
    public void kill() {
        process.destroyForcibly();
        int unused = awaitExit(PROMISED_STOP);
    }

    /** SIGTERM. Asserts that it ends gracefully within the promised ten seconds. */
    public void stop() {
        // The handle's method, because Process.destroy would also close standard input, and it would halt at once.
        assertThat(process.toHandle().destroy()).isTrue();
        assertThat(awaitExit(PROMISED_STOP))
                .as(() -> "exit code after SIGTERM; " + tail())
                .isZero();
    }

    /** The exit code of a process that ends by itself. */
    public int awaitExit(Duration atMost) {
        try {
            boolean ended = process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS);
            assertThat(ended).as(() -> "ended within " + atMost + "; " + tail()).isTrue();
            return process.exitValue();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", interrupted);
        }
    }

    /** SIGSTOP: connections stay open, but nothing is processed. */
    public void pause() {
        try {
            Process holding = new ProcessBuilder("sh", "-c", HOLD, "hold", Long.toString(process.pid())).start();
            assertThat(holding.getInputStream().read())
                    .as("the process is held")
                    .isNotNegative();
            holder = holding;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** SIGCONT. */
    public void resume() {
        Process holding = holder;
        if (holding == null) {
            return;
        }
        try {
            holding.getOutputStream().close();
            int unused = holding.waitFor();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        holder = null;
    }

    /** Its output so far. */
    public String output() {
        try {
            return Files.readString(log, StandardCharsets.ISO_8859_1);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The end of its output, for a failure's description. */
    public String tail() {
        String all = output();
        return log.getFileName() + " ends: " + all.substring(Math.max(0, all.length() - TAIL));
    }

    @Override
    public void close() {
        kill();
        resume();
    }
}
