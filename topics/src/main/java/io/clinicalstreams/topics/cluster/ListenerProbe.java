package io.clinicalstreams.topics.cluster;

import io.clinicalstreams.topics.problem.CommandException;
import io.clinicalstreams.topics.problem.ExitCode;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;

/**
 * Checks in plaintext whether a listener speaks Kafka, before a client connects. A client reads the first four bytes of
 * any response as its size and allocates that much memory: {@code HTTP} is 1.2 GB, which kills the process
 * (KAFKA-4090). A listener that refuses or does not answer is left to the client, which reports it.
 */
final class ListenerProbe {

    /** A broker's answer to a version request is less than a kilobyte. */
    private static final int LARGEST_ANSWER = 1 << 20;

    private static final Duration TIMEOUT = Duration.ofSeconds(2);

    /** For all addresses together, because a user waits. Addresses not reached in this time are not checked. */
    private static final Duration TIMEOUT_FOR_ALL = Duration.ofSeconds(4);

    private static final short API_VERSIONS = 18;
    private static final short VERSION = 0;
    private static final byte[] CLIENT = "clinical-streams".getBytes(StandardCharsets.US_ASCII);

    private final Duration patience;
    private final Duration patienceForAll;

    ListenerProbe() {
        this(TIMEOUT, TIMEOUT_FOR_ALL);
    }

    ListenerProbe(Duration patience, Duration patienceForAll) {
        this.patience = patience;
        this.patienceForAll = patienceForAll;
    }

    /** @throws CommandException if something other than Kafka answers at one of them */
    void exchangeWith(List<InetSocketAddress> addresses) {
        long end = System.nanoTime() + patienceForAll.toNanos();
        for (InetSocketAddress address : addresses) {
            if (System.nanoTime() >= end) {
                return;
            }
            OptionalInt size = answerOf(address, end);
            if (size.isPresent() && (size.getAsInt() < 0 || size.getAsInt() > LARGEST_ANSWER)) {
                throw new CommandException(
                        ExitCode.FAILURE, address.getHostString() + ':' + address.getPort() + " does not speak Kafka");
            }
        }
    }

    /** The first four bytes of the answer as a size in bytes; empty if there was no answer. */
    private OptionalInt answerOf(InetSocketAddress address, long end) {
        try (Socket socket = new Socket()) {
            socket.connect(address, millisLeft(end));
            socket.getOutputStream().write(request());
            InputStream answer = socket.getInputStream();
            byte[] size = new byte[Integer.BYTES];
            for (int read = 0; read < size.length; ) {
                socket.setSoTimeout(millisLeft(end));
                int more = answer.read(size, read, size.length - read);
                if (more < 0) {
                    return OptionalInt.empty();
                }
                read += more;
            }
            return OptionalInt.of(ByteBuffer.wrap(size).getInt());
        } catch (IOException refusedOrSilent) {
            return OptionalInt.empty();
        }
    }

    /** At least one: zero would mean no timeout. */
    private int millisLeft(long end) {
        long left = Duration.ofNanos(end - System.nanoTime()).toMillis();
        return (int) Math.max(1, Math.min(left, patience.toMillis()));
    }

    private static byte[] request() {
        int size = 2 * Short.BYTES + Integer.BYTES + Short.BYTES + CLIENT.length;
        return ByteBuffer.allocate(Integer.BYTES + size)
                .putInt(size)
                .putShort(API_VERSIONS)
                .putShort(VERSION)
                .putInt(1)
                .putShort((short) CLIENT.length)
                .put(CLIENT)
                .array();
    }
}
