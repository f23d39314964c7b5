package io.clinicalstreams.cluster;

/** Where one broker listens on this machine: for clients and other brokers, and for the controllers' quorum. */
record BrokerAddress(int id, int clientPort, int controllerPort) {

    /** Only this machine can reach the brokers; a number, so that no name resolution can answer with IPv6 first. */
    static final String HOST = "127.0.0.1";

    String client() {
        return HOST + ":" + clientPort;
    }

    String controller() {
        return HOST + ":" + controllerPort;
    }

    /** The node as `controller.quorum.voters` wants it. */
    String voter() {
        return id + "@" + controller();
    }
}
