package io.clinicalstreams.experiment.trial;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.clinicalstreams.experiment.Metric;
import java.util.Map;

/** Work that is done once and measured. Its record is all that the process needs that does it. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ProduceTrial.class, name = "produce"),
    @JsonSubTypes.Type(value = ConsumeTrial.class, name = "consume")
})
sealed interface Trial permits ProduceTrial, ConsumeTrial {

    /** Does the work in this process. */
    Map<Metric, Double> measure() throws Exception;
}
