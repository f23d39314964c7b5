package io.clinicalstreams.topics.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.clinicalstreams.topics.check.CheckResult.Verdict;
import java.util.List;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;

/** An unanswered query fails only the checks that need the answer. */
class CheckResultTest {

    @Test
    void withAnAnswerTheCheckDecides() {
        assertThat(CheckResult.asking("seven", () -> CheckResult.of("seven", List.of(), "it is 7")))
                .isEqualTo(new CheckResult("seven", Verdict.HELD, List.of("it is 7")));
    }

    @Test
    void withoutAnAnswerTheCheckDoesNotHoldAndExplainsWhy() {
        CheckResult away = CheckResult.asking("lag", () -> {
            throw new TimeoutException("no leader\nfor long");
        });
        CheckResult refused = CheckResult.asking("lag", () -> {
            throw new TopicAuthorizationException("not this topic");
        });

        assertThat(away)
                .isEqualTo(new CheckResult("lag", Verdict.NOT_HELD, List.of("could not be read: no leader for long")));
        assertThat(refused.details()).containsExactly("not allowed to read: not this topic");
    }

    @Test
    void anInterruptionIsNotAnAnswer() {
        assertThatThrownBy(() -> CheckResult.asking("lag", () -> {
                    throw new InterruptException(new InterruptedException());
                }))
                .isInstanceOf(InterruptException.class);
        assertThat(Thread.interrupted()).isTrue();
    }
}
