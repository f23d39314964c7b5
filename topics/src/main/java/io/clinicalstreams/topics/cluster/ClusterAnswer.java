package io.clinicalstreams.topics.cluster;

import java.nio.file.FileSystemException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;

/** Requests to a cluster: waits for the answer, throws the refusal as an exception, and words it. */
public final class ClusterAnswer {

    private static final long BEFORE_ASKING_AGAIN_MILLIS = 50;

    private ClusterAnswer() {}

    /**
     * Settings of an admin client for a user at a terminal: Kafka's default of a minute is too long to report a mistyped
     * port. Timeouts in the settings take precedence; an admin client refuses a request timeout above the other one.
     */
    public static Map<String, Object> within(Duration atMost, Map<String, Object> settings) {
        Map<String, Object> all = new HashMap<>(settings);
        if (all.putIfAbsent(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, "5000") == null) {
            all.putIfAbsent(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, String.valueOf(atMost.toMillis()));
        }
        return all;
    }

    /**
     * The answer; the client's own timeout limits the wait.
     *
     * @throws KafkaException if the cluster refused or did not answer; {@link InterruptException} if this thread was
     *     interrupted
     */
    public static <T> T of(Future<T> answer) {
        return of(answer, Duration.ofMillis(Long.MAX_VALUE));
    }

    /**
     * The answer, if it arrives in time.
     *
     * @throws KafkaException as above; {@link TimeoutException} if it is late
     */
    public static <T> T of(Future<T> answer, Duration atMost) {
        try {
            return answer.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof KafkaException refused) {
                throw refused;
            }
            if (failed.getCause() instanceof Error fatal) {
                throw fatal;
            }
            throw new KafkaException("the cluster did not answer", failed.getCause());
        } catch (java.util.concurrent.TimeoutException late) {
            throw new TimeoutException("the cluster did not answer within " + atMost.toSeconds() + " s", late);
        } catch (InterruptedException stopped) {
            throw new InterruptException(stopped);
        }
    }

    /** Why it was refused or is unknown; empty if it succeeded. */
    public static Optional<KafkaException> refusal(Future<?> answer) {
        try {
            Object unused = of(answer);
            return Optional.empty();
        } catch (KafkaException refused) {
            return Optional.of(refused);
        }
    }

    /** Whether it is unknown if the cluster did what it was asked: there was no answer. */
    public static boolean isUnknown(KafkaException failure) {
        return failure instanceof TimeoutException
                || failure instanceof DisconnectException
                || failure instanceof InterruptException;
    }

    /** Sends the request once, now; every reader gets the same answer or the cluster's failure. */
    public static <T> Future<T> ask(Supplier<T> question) {
        try {
            return CompletableFuture.completedFuture(question.get());
        } catch (KafkaException failure) {
            return CompletableFuture.failedFuture(failure);
        }
    }

    /** Polls until the condition holds; false if it did not in time. */
    public static boolean eventually(Duration atMost, BooleanSupplier holds) {
        long start = System.nanoTime();
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() - start > atMost.toNanos()) {
                return false;
            }
            pause();
        }
        return true;
    }

    /** The wait between two polls. */
    static void pause() {
        try {
            Thread.sleep(BEFORE_ASKING_AGAIN_MILLIS);
        } catch (InterruptedException stopped) {
            throw new InterruptException(stopped);
        }
    }

    /** A failure in one line: the messages from the outermost to the deepest cause, without repetitions. */
    public static String inWords(Throwable failure) {
        List<String> messages = new ArrayList<>();
        for (Throwable each = failure; each != null; each = each.getCause()) {
            Throwable cause = each.getCause();
            String message = message(each);
            // An exception created from only a cause has the cause's text as its message.
            boolean onlyWraps = cause != null && message.equals(oneLine(cause.toString()));
            if (!onlyWraps && messages.stream().noneMatch(earlier -> earlier.contains(message))) {
                messages.add(message);
            }
        }
        return String.join(": ", messages);
    }

    /** A missing file's message is only its path. */
    private static String message(Throwable failure) {
        String kind = failure.getClass().getSimpleName();
        String message = failure.getMessage();
        if (message == null || message.isBlank()) {
            return kind;
        }
        return failure instanceof FileSystemException ? kind + ": " + oneLine(message) : oneLine(message);
    }

    private static String oneLine(String text) {
        return text.lines().map(String::strip).filter(line -> !line.isEmpty()).collect(Collectors.joining(" "));
    }
}
