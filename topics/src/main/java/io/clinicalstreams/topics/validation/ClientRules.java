package io.clinicalstreams.topics.validation;

import io.clinicalstreams.topics.Environment;
import io.clinicalstreams.topics.problem.Problems;
import io.clinicalstreams.topics.setting.BrokerDefinitions;
import java.util.function.Function;

/** Checks of a producer or a consumer alone, whether it is a topic's client or a lane's. */
record ClientRules(Environment where, Problems problems) {

    private static final EffectiveValues VALUES = new EffectiveValues();

    /** @param of a setting of the producer by Kafka's name */
    void checkProducer(Function<String, EffectiveValue> of) {
        EffectiveValue largest = of.apply("max.request.size");
        problems.require(of.apply("batch.size").atMost(largest), "a batch must fit in one request");
        problems.require(of.apply("buffer.memory").atLeast(largest), "the largest record must fit in the buffer");
        problems.require(
                largest.lessThan(VALUES.broker(where, BrokerDefinitions.REQUEST_MAX_BYTES)),
                "or the broker closes the connection");
        problems.require(
                of.apply("delivery.timeout.ms").atLeast(of.apply("linger.ms").plus(of.apply("request.timeout.ms"))),
                "or a record expires before the first response");
    }

    /**
     * @param of a setting of the consumer by Kafka's name
     * @param largest the largest record that it must be able to read
     * @param what description of that record
     */
    void checkFetch(Function<String, EffectiveValue> of, EffectiveValue largest, String what) {
        EffectiveValue ofPartition = of.apply("max.partition.fetch.bytes");
        EffectiveValue ofAll = of.apply("fetch.max.bytes");
        problems.require(ofPartition.atLeast(largest), what);
        problems.require(ofAll.atLeast(largest), what);
        problems.require(ofAll.atLeast(ofPartition), "one fetch response must hold what one partition may return");
    }

    /** Within the brokers' limits for a group's session timeout: outside them no member can join. */
    void checkSession(Function<String, EffectiveValue> of) {
        EffectiveValue session = of.apply("session.timeout.ms");
        problems.require(session.atLeast(of.apply("heartbeat.interval.ms").times(3)), "one heartbeat may be lost");
        String why = "or the brokers refuse members of the group";
        problems.require(session.atLeast(VALUES.broker(where, BrokerDefinitions.SESSION_AT_LEAST)), why);
        problems.require(session.atMost(VALUES.broker(where, BrokerDefinitions.SESSION_AT_MOST)), why);
    }
}
