package io.clinicalstreams.experiment.trial;

import io.clinicalstreams.cluster.ParentWatch;
import io.clinicalstreams.pipeline.command.PipelineCommand;
import io.clinicalstreams.topics.problem.CommandException;
import io.clinicalstreams.topics.problem.ExitCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The service itself, in a process of its own: its CPU time is the lane's, and a level chooses its JVM. */
public final class LaneProcess implements LaneInstance {

    private static final Pattern PORT = Pattern.compile("health and metrics on [\\d.]+:(\\d+)");
    private static final Duration ANSWER = Duration.ofSeconds(5);
    private static final int READY = 200;
    private static final int END_OF_LOG = 1_000;

    private final LaneLaunch launch;
    private final Process process;
    private final HttpClient http = HttpClient.newHttpClient();

    private LaneProcess(LaneLaunch launch, Process process) {
        this.launch = launch;
        this.process = process;
    }

    /** Arguments: those of the service. */
    public static void main(String[] args) {
        ParentWatch.start();
        PipelineCommand.main(args);
    }

    static LaneProcess start(LaneLaunch launch) throws IOException {
        return new LaneProcess(
                launch,
                TrialProcess.java(launch.level(), LaneProcess.class, launch.arguments())
                        .redirectErrorStream(true)
                        .redirectOutput(launch.log().toFile())
                        .start());
    }

    @Override
    public long pid() {
        return process.pid();
    }

    @Override
    public boolean isReady() throws InterruptedException {
        Matcher port = PORT.matcher(output());
        if (!port.find()) {
            return false;
        }
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port.group(1) + "/health/ready"))
                .timeout(ANSWER)
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == READY;
        } catch (IOException notYet) {
            return false;
        }
    }

    @Override
    public void requireRunning() {
        if (!process.isAlive()) {
            String log = output();
            throw new CommandException(
                    ExitCode.FAILURE,
                    "the lane ended with exit code " + process.exitValue() + ": "
                            + log.substring(Math.max(0, log.length() - END_OF_LOG)));
        }
    }

    private String output() {
        try {
            return Files.readString(launch.log(), StandardCharsets.ISO_8859_1);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Override
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        int unused = process.waitFor();
    }

    /** Its topics are deleted next, so it need not end gracefully. */
    @Override
    public void close() {
        process.destroyForcibly();
        try {
            int unused = process.waitFor();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
