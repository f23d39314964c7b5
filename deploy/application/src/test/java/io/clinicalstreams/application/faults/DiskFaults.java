package io.clinicalstreams.application.faults;

import io.clinicalstreams.cluster.Broker;
import io.clinicalstreams.topics.TopicNames;
import java.time.Duration;

/** Full disks, each mounted for its fault only. */
final class DiskFaults {

    private static final int BROKER_MEGABYTES = 2_048;
    private static final int STATE_MEGABYTES = 16;

    private DiskFaults() {}

    /** A broker without a usable disk ends by itself; it is started again when there is space. */
    static Struck fillBroker(Installation on) {
        Broker broker = on.brokers().get(1);
        broker.stop();
        Tmpfs disk = Tmpfs.over(on.data(broker), BROKER_MEGABYTES);
        broker.start();
        on.awaitReplicas();
        on.moveEveryLeader();
        disk.fill();
        return Struck.now(() -> {
            disk.free();
            if (!broker.isAlive()) {
                broker.start();
            }
            on.awaitReplicas();
            broker.stop();
            disk.close();
            broker.start();
        });
    }

    static Struck fillInstance(Installation on, int instance) {
        on.instance(instance).kill();
        Tmpfs disk = Tmpfs.over(on.folder(instance), STATE_MEGABYTES);
        on.restart(instance);
        on.awaitWhole();
        disk.fill();
        Struck full = Struck.now(() -> {});
        Duration unused = on.recovery().since(full.since(), TopicNames.ALERT_GENERATED);
        on.instance(instance).kill();
        on.restart(instance);
        return Struck.now(() -> {
            on.instance(instance).kill();
            disk.close();
            on.restart(instance);
        });
    }
}
