package io.clinicalstreams.topics.check;

import io.clinicalstreams.topics.check.CheckResult.Verdict;
import io.clinicalstreams.topics.cluster.FailureText;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/**
 * One question to a cluster: what it answered, or why it did not. Without an answer the checks that need it do not
 * hold, and the others go on: they are asked for when something is wrong with the cluster.
 */
record Asked<T>(@Nullable T answer, @Nullable KafkaException failure) {

    /** @throws InterruptException when the command is interrupted */
    static <T> Asked<T> of(Supplier<T> question) {
        try {
            return new Asked<>(question.get(), null);
        } catch (InterruptException stopped) {
            throw stopped;
        } catch (KafkaException failure) {
            return new Asked<>(null, failure);
        }
    }

    /** A check that asks its own question. */
    static CheckResult check(String name, Supplier<CheckResult> check) {
        return of(check).then(name, result -> result);
    }

    T orElse(T otherwise) {
        return answer == null ? otherwise : answer;
    }

    /** The check of that name, when there is an answer to check. */
    CheckResult then(String name, Function<T, CheckResult> check) {
        if (answer != null) {
            return check.apply(answer);
        }
        KafkaException why = Objects.requireNonNull(failure);
        String what = why instanceof AuthorizationException ? "not allowed to look: " : "could not look: ";
        return new CheckResult(name, Verdict.NOT_HELD, List.of(what + FailureText.of(why)));
    }
}
