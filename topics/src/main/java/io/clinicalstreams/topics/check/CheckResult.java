package io.clinicalstreams.topics.check;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import io.clinicalstreams.topics.cluster.ClusterAnswer;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;

/**
 * The result of one check.
 *
 * @param name for example {@code partitions}; API
 * @param details one line for each problem, or why the check was skipped; if it held, what was checked
 */
public record CheckResult(
        @JsonProperty("check") String name,
        @JsonProperty("result") Verdict verdict,
        List<String> details) {

    public enum Verdict {
        HELD,
        NOT_HELD,
        /** The cluster is correct, but evidence in the catalogue is pending. */
        PENDING,
        /** There is nothing to check, or the means to check it are missing. */
        SKIPPED;

        @JsonValue
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    public CheckResult {
        details = List.copyOf(details);
    }

    /** Held if there is no problem. */
    public static CheckResult of(String name, List<String> wrong, String whenHeld) {
        return of(name, wrong, List.of(whenHeld));
    }

    static CheckResult of(String name, List<String> wrong, List<String> whenHeld) {
        return wrong.isEmpty()
                ? new CheckResult(name, Verdict.HELD, whenHeld)
                : new CheckResult(name, Verdict.NOT_HELD, wrong);
    }

    /**
     * A check that queries the cluster. Without an answer it is not held, and the other checks continue: users run them
     * when something is wrong with the cluster.
     *
     * @throws InterruptException if this thread was interrupted
     */
    static CheckResult asking(String name, Supplier<CheckResult> check) {
        try {
            return check.get();
        } catch (InterruptException stopped) {
            throw stopped;
        } catch (KafkaException failure) {
            String what = failure instanceof AuthorizationException ? "not allowed to read: " : "could not be read: ";
            return of(name, List.of(what + ClusterAnswer.inWords(failure)), "");
        }
    }

    public static CheckResult skipped(String name, String why) {
        return new CheckResult(name, Verdict.SKIPPED, List.of(why));
    }
}
