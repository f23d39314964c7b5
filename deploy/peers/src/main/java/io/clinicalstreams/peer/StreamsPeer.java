package io.clinicalstreams.peer;

import io.clinicalstreams.pipeline.step.RuleTable;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.streams.StreamsConfig;

/** A lane as the service runs it, or a bare topology with the same settings. */
public final class StreamsPeer implements Peer {

    /** Resources that the recording lane wrote to their topic. */
    public static final String RECORDED = "recorded";

    /** Observations that the alerting lane evaluated. */
    public static final String EVALUATED = "evaluated";

    /** Transitions of alerts that the alerting lane wrote. */
    public static final String ALERTS = "alerts";

    @Override
    public Processing start(PeerInput input) {
        StreamsTopology topology = Objects.requireNonNull(input.job().topology());
        StreamsConfig config = input.laneConfig();
        MeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        Topologies topologies = new Topologies(
                input.catalogue(), registry, new RuleTable(), input.job().stateBytes());
        return StreamsProcessing.start(topologies.build(topology, config), config, () -> switch (topology) {
            case PASS_THROUGH, STATEFUL_PASS_THROUGH -> Map.of();
            case RECORDING, RECORDING_FULL -> Map.of(RECORDED, count(registry, "clinical.resources.recorded"));
            case ALERTING ->
                Map.of(
                        EVALUATED,
                        count(registry, "clinical.observations.evaluated"),
                        ALERTS,
                        count(registry, "clinical.alerts"));
        });
    }

    private static long count(MeterRegistry registry, String counter) {
        return (long) registry.find(counter).counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }
}
