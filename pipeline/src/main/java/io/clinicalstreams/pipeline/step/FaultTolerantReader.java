package io.clinicalstreams.pipeline.step;

import io.clinicalstreams.pipeline.fhir.ReadResource;
import io.clinicalstreams.pipeline.fhir.resource.Finding;
import io.clinicalstreams.topics.wire.Coordinates;
import io.clinicalstreams.topics.wire.Reason;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a record's value. If the reader itself fails, the record is rejected, because one record must not stop a
 * partition.
 *
 * @param step the step to name in logs
 */
public record FaultTolerantReader(ReadClinicalFacts.Reader reader, String step) {

    private static final Logger LOG = LoggerFactory.getLogger(FaultTolerantReader.class);

    /** @param origin of the record, for the log */
    public List<ReadResource> read(byte @Nullable [] value, Coordinates origin) {
        try {
            return reader.read(value);
        } catch (RuntimeException unforeseen) {
            // The message may quote the input, so only the class is logged.
            LOG.atError()
                    .addKeyValue("step", step)
                    .addKeyValue("origin", origin)
                    .addKeyValue("reason", unforeseen.getClass().getName())
                    .log("could not read a record; the recording lane quarantines it");
            return List.of(new ReadResource(Coordinates.WHOLE_RECORD, value, new Finding.Rejected(Reason.UNEXPECTED)));
        }
    }
}
