package io.clinicalstreams.application.faults;

import static org.awaitility.Awaitility.await;

import io.clinicalstreams.application.PipelineProcess;
import io.clinicalstreams.cluster.Broker;
import io.clinicalstreams.topics.TopicNames;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Faults of the brokers' processes. */
final class BrokerFaults {

    private static final Duration SEEN_WITHIN = Duration.ofMinutes(2);

    private BrokerFaults() {}

    static Struck kill(Broker broker) {
        broker.kill();
        return Struck.now(broker::start);
    }

    static Struck stop(Broker broker) {
        Instant asked = Instant.now();
        broker.stop();
        return new Struck(asked, broker::start);
    }

    /** A broker that hangs keeps its connections, and much waits for it: recovery is measured from its return. */
    static Struck pause(Installation on, Broker broker) {
        broker.pause();
        await().atMost(SEEN_WITHIN).until(() -> !on.instances().stream().allMatch(PipelineProcess::isReady));
        broker.resume();
        return Struck.at(Instant.now());
    }

    /** Without them nothing can be written, so recovery is measured from their start. */
    static Struck killAndStart(List<Broker> brokers) {
        brokers.forEach(Broker::kill);
        Instant back = Instant.now();
        brokers.forEach(Broker::start);
        return Struck.at(back);
    }

    static Struck roll(Installation on) {
        Instant last = Instant.now();
        for (Broker broker : on.brokers()) {
            last = Instant.now();
            broker.stop();
            broker.start();
            on.awaitReplicas();
        }
        return Struck.at(last);
    }

    static Struck moveLeaders(Installation on) {
        on.moveEveryLeader();
        return Struck.at(Instant.now());
    }

    /** A new process does not have the fault. */
    static Struck strike(Installation on, JvmFault fault) {
        Broker broker = on.leader(TopicNames.RESOURCE_RECEIVED);
        fault.strike(broker.pid());
        return Struck.now(() -> {
            broker.stop();
            broker.start();
        });
    }
}
