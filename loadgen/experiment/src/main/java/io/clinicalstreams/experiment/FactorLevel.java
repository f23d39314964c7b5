package io.clinicalstreams.experiment;

import static io.clinicalstreams.topics.problem.Checks.all;
import static io.clinicalstreams.topics.problem.Checks.requireAtLeast;
import static io.clinicalstreams.topics.problem.Checks.requireLine;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One level of an experiment: how it differs from the catalogue. Without any difference it is the catalogue as it is.
 *
 * @param name shown in results
 * @param partitions of the topic
 * @param bytes size of a record, instead of the load's
 * @param topic settings of the topic
 * @param producer settings of the trial's producer
 * @param jvm all options of the trial's JVM, of {@link JvmOptions}, instead of the usual ones
 */
public record FactorLevel(
        String name,
        @Nullable Integer partitions,
        @Nullable Integer bytes,
        @JsonFormat(shape = JsonFormat.Shape.SCALAR) Map<String, String> topic,
        @JsonFormat(shape = JsonFormat.Shape.SCALAR) Map<String, String> producer,
        List<String> jvm) {

    public FactorLevel {
        all(
                () -> requireLine("name", name),
                () -> requireAtLeast("partitions", 1, partitions),
                () -> requireAtLeast("bytes", 0, bytes),
                () -> JvmOptions.require(jvm));
    }
}
