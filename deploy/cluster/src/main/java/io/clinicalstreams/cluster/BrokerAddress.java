package io.clinicalstreams.cluster;

/** The ports of one broker on this machine: for clients and other brokers, and for the controller quorum. */
record BrokerAddress(int id, int clientPort, int controllerPort) {

    /** Only this machine can reach the brokers. An IP address, so that name resolution cannot return IPv6 first. */
    static final String HOST = "127.0.0.1";

    String client() {
        return HOST + ":" + clientPort;
    }

    String controller() {
        return HOST + ":" + controllerPort;
    }

    /** The node in the format of `controller.quorum.voters`. */
    String voter() {
        return id + "@" + controller();
    }
}
