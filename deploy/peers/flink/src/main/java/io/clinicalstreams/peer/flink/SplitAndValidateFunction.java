package io.clinicalstreams.peer.flink;

import io.clinicalstreams.peer.PeerJob;
import io.clinicalstreams.peer.PeerProcess;
import io.clinicalstreams.peer.PeerStep;
import java.io.IOException;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.api.common.typeinfo.TypeHint;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** The recording lane's step. Flink serializes it with the job, so it creates the step where it runs. */
final class SplitAndValidateFunction
        extends RichFlatMapFunction<ConsumerRecord<byte[], byte[]>, ProducerRecord<byte[], byte[]>> {

    static final TypeInformation<ProducerRecord<byte[], byte[]>> OUTPUT = TypeInformation.of(new TypeHint<>() {});

    private static final long serialVersionUID = 1L;

    private final String job;
    private transient @Nullable PeerStep step;

    SplitAndValidateFunction(PeerJob job) throws IOException {
        this.job = PeerProcess.line(job);
    }

    @Override
    public void open(OpenContext context) throws IOException {
        step = PeerStep.of(PeerProcess.job(job).copyOfCatalogue());
    }

    @Override
    public void flatMap(ConsumerRecord<byte[], byte[]> record, Collector<ProducerRecord<byte[], byte[]>> out) {
        if (step == null) {
            throw new IllegalStateException("not opened");
        }
        step.process(record, out::collect);
    }
}
