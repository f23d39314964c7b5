package io.clinicalstreams.application.faults;

import io.clinicalstreams.cluster.Broker;
import io.clinicalstreams.topics.TopicNames;
import java.time.Instant;
import java.util.List;

/** Faults of the brokers' processes. */
final class BrokerFaults {

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

    static Struck pause(Broker broker) {
        broker.pause();
        return Struck.now(broker::resume);
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
