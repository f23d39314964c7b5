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
 * What came of one check.
 *
 * @param name for example {@code partitions}; API
 * @param details a line for each thing that is not as it should be, or why it was skipped; where it held, what was looked
 *     at
 */
public record CheckResult(
        @JsonProperty("check") String name,
        @JsonProperty("result") Verdict verdict,
        List<String> details) {

    /** How a check can end. */
    public enum Verdict {
        HELD,
        NOT_HELD,
        /** Nothing is wrong on the cluster, but the catalogue's authors owe something. */
        PENDING,
        /** There is nothing to check, or nothing to check it with. */
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

    /** Held when nothing is wrong. */
    public static CheckResult of(String name, List<String> wrong, String whenHeld) {
        return wrong.isEmpty()
                ? new CheckResult(name, Verdict.HELD, List.of(whenHeld))
                : new CheckResult(name, Verdict.NOT_HELD, wrong);
    }

    /**
     * A check that asks the cluster. Without an answer it does not hold, and the others go on: they are run when something
     * is wrong with the cluster.
     *
     * @throws InterruptException when this thread was interrupted
     */
    static CheckResult asking(String name, Supplier<CheckResult> check) {
        try {
            return check.get();
        } catch (InterruptException stopped) {
            throw stopped;
        } catch (KafkaException failure) {
            String what = failure instanceof AuthorizationException ? "not allowed to look: " : "could not look: ";
            return new CheckResult(name, Verdict.NOT_HELD, List.of(what + ClusterAnswer.inWords(failure)));
        }
    }

    public static CheckResult skipped(String name, String why) {
        return new CheckResult(name, Verdict.SKIPPED, List.of(why));
    }
}
