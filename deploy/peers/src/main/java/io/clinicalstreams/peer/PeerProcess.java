package io.clinicalstreams.peer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.clinicalstreams.topics.problem.CommandException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * A JVM for the runs of one peer: reads a {@link PeerJob} as JSON from each line of standard input and answers each with
 * a line of standard output. It stays, so that code is compiled after the first run. It ends with its input.
 */
public final class PeerProcess {

    /** An answer: a result, or why there is none. */
    public record Answer(
            @Nullable PeerResult result, @Nullable String failure) {}

    private static final JsonMapper JSON = new JsonMapper();

    private PeerProcess() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        PrintStream answers = System.out;
        // Libraries may print.
        System.setOut(System.err);
        BlockingQueue<String> jobs = new LinkedBlockingQueue<>();
        Thread reader = new Thread(() -> read(jobs), "read-jobs");
        reader.setDaemon(true);
        reader.start();
        while (true) {
            PeerJob job = job(jobs.take());
            answers.println(JSON.writeValueAsString(answer(job)));
            answers.flush();
        }
    }

    /** A job as a line. */
    public static String line(PeerJob job) throws JsonProcessingException {
        return JSON.writeValueAsString(job);
    }

    /** A job from its line. */
    public static PeerJob job(String line) throws JsonProcessingException {
        return JSON.readValue(line, PeerJob.class);
    }

    /** An answer from its line. */
    public static Answer answer(String line) throws JsonProcessingException {
        return JSON.readValue(line, Answer.class);
    }

    private static Answer answer(PeerJob job) throws InterruptedException {
        try {
            return new Answer(PeerRun.measure(job), null);
        } catch (CommandException failed) {
            return new Answer(null, failed.getMessage());
        }
    }

    /** The system closes the input when the parent ends, however it ends. */
    private static void read(BlockingQueue<String> jobs) {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            lines.lines().forEach(jobs::add);
        } catch (IOException closed) {
            // The same as its end.
        }
        Runtime.getRuntime().halt(0);
    }
}
