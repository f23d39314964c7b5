package io.clinicalstreams.cluster;

/** A broker's process ended while the cluster waited for it to answer. */
final class BrokerEnded extends ClusterException {

    private static final long serialVersionUID = 1L;

    private final boolean portTaken;

    BrokerEnded(Broker broker) {
        super(broker + " ended; " + broker.folder().tail());
        portTaken = broker.folder().saysPortTaken();
    }

    /** Whether another process took one of its ports first. */
    boolean portTaken() {
        return portTaken;
    }
}
