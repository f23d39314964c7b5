package io.clinicalstreams.cluster;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import kafka.Kafka;
import kafka.tools.StorageTool;

/**
 * The main class of a broker's process: formats the storage if necessary, then runs Kafka's broker. An attached broker
 * never outlives its parent.
 */
public final class BrokerProcess {

    static final String ATTACHED = "attached";
    static final String DETACHED = "detached";

    private BrokerProcess() {}

    /** Arguments: {@code attached|detached}, the cluster id, the path of server.properties. */
    public static void main(String[] args) {
        if (args[0].equals(ATTACHED)) {
            ParentWatch.start();
        }
        format(args[1], args[2]);
        Kafka.main(new String[] {args[2]});
    }

    /** Leaves formatted storage unchanged. Prints only a failure, which ends the process. */
    private static void format(String clusterId, String settings) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        String[] command = {"format", "--config", settings, "--cluster-id", clusterId, "--ignore-formatted"};
        int status = StorageTool.execute(command, new PrintStream(said, true, StandardCharsets.UTF_8));
        if (status != 0) {
            System.err.println(said.toString(StandardCharsets.UTF_8));
            System.exit(status);
        }
    }
}
