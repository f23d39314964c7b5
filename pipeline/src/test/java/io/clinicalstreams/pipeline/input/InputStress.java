package io.clinicalstreams.pipeline.input;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;
import org.openjdk.jcstress.infra.results.ZZI_Result;

/** What the consumers of a lane share: the bytes that each partition holds, and the attempts at its input. */
public final class InputStress {

    private static final TopicPartition ONE = new TopicPartition("received", 0);
    private static final TopicPartition OTHER = new TopicPartition("received", 1);
    private static final Record<byte[], byte[]> RECORD = new Record<>(new byte[10], new byte[90], 0);
    private static final long BYTES = InputBuffer.size(RECORD.key(), RECORD.value(), new RecordHeaders());

    private static final RecordMetadata AT = new RecordMetadata() {
        @Override
        public String topic() {
            return ONE.topic();
        }

        @Override
        public int partition() {
            return ONE.partition();
        }

        @Override
        public long offset() {
            return 0;
        }
    };

    private InputStress() {}

    /** One thread takes a record and reads the next; another reads records of another partition. */
    @JCStressTest
    @Outcome(id = "1, 2", expect = Expect.ACCEPTABLE, desc = "every record is counted until it is taken")
    @Outcome(expect = Expect.FORBIDDEN, desc = "bytes are not counted, or are held forever")
    @State
    public static class Buffers {

        private final InputBuffer buffer = new InputBuffer();

        public Buffers() {
            buffer.handedOut(ONE, BYTES);
        }

        @Actor
        public void takeAndRead() {
            buffer.taken(AT, RECORD);
            buffer.handedOut(ONE, BYTES);
        }

        @Actor
        public void read() {
            buffer.handedOut(OTHER, BYTES);
            buffer.handedOut(OTHER, BYTES);
        }

        @Arbiter
        public void held(JJ_Result result) {
            result.r1 = buffer.held(ONE) / BYTES;
            result.r2 = buffer.held(OTHER) / BYTES;
        }
    }

    /** A partition moves from one consumer to another, and both begin at its offset: one attempt is left. */
    @JCStressTest
    @Outcome(id = "true, false, 1", expect = Expect.ACCEPTABLE, desc = "the second consumer is refused")
    @Outcome(id = "false, true, 1", expect = Expect.ACCEPTABLE, desc = "the first consumer is refused")
    @Outcome(expect = Expect.FORBIDDEN, desc = "none or both are refused, or attempts are not counted")
    @State
    public static class Attempts {

        private static final Map<TopicPartition, Long> OFFSET = Map.of(ONE, 5L);

        /** No file can be written there. */
        private final InputAttempts attempts =
                new InputAttempts(2, Path.of("none", "attempts"), InstantSource.fixed(Instant.EPOCH));

        public Attempts() {
            attempts.begin(OFFSET);
        }

        private boolean begins() {
            try {
                attempts.begin(OFFSET);
                return true;
            } catch (RepeatedAbortException refused) {
                return false;
            }
        }

        @Actor
        public void first(ZZI_Result result) {
            result.r1 = begins();
        }

        @Actor
        public void second(ZZI_Result result) {
            result.r2 = begins();
        }

        @Arbiter
        public void count(ZZI_Result result) {
            result.r3 = attempts.aborts(ONE, 5);
        }
    }
}
