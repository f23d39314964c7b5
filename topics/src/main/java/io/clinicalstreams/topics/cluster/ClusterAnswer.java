package io.clinicalstreams.topics.cluster;

import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.InterruptException;

/** Waits for what a cluster answers. */
public final class ClusterAnswer {

    private static final long BEFORE_ASKING_AGAIN_MILLIS = 50;

    private ClusterAnswer() {}

    /**
     * The answer; the admin client's own timeout ends the wait.
     *
     * @throws KafkaException the cluster's refusal, or that it did not answer
     */
    public static <T> T of(KafkaFuture<T> answer) {
        try {
            return answer.get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof KafkaException refused) {
                throw refused;
            }
            throw new KafkaException("the cluster did not answer", failed.getCause());
        } catch (InterruptedException stopped) {
            throw new InterruptException(stopped);
        }
    }

    /** Before the same question is asked again. */
    public static void pause() {
        try {
            Thread.sleep(BEFORE_ASKING_AGAIN_MILLIS);
        } catch (InterruptedException stopped) {
            throw new InterruptException(stopped);
        }
    }
}
