package io.clinicalstreams.topics.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Listens on its own port, gives every client the same answer, and keeps the connection open. */
final class Listener implements AutoCloseable {

    private static final int BACKLOG = 16;

    private final ServerSocket server;
    private final List<Socket> callers = new CopyOnWriteArrayList<>();
    private final List<byte[]> heard = new CopyOnWriteArrayList<>();

    private Listener(ServerSocket server) {
        this.server = server;
    }

    /** @param answer its answer; empty for none */
    static Listener saying(byte... answer) {
        try {
            Listener listener = new Listener(new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress()));
            Thread thread = new Thread(() -> listener.answer(answer), "listener");
            thread.setDaemon(true);
            thread.start();
            return listener;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void answer(byte[] answer) {
        try {
            while (true) {
                Socket caller = server.accept();
                callers.add(caller);
                byte[] size = caller.getInputStream().readNBytes(Integer.BYTES);
                heard.add(
                        size.length == 0
                                ? size
                                : caller.getInputStream()
                                        .readNBytes(ByteBuffer.wrap(size).getInt()));
                caller.getOutputStream().write(answer);
                caller.getOutputStream().flush();
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    InetSocketAddress address() {
        return new InetSocketAddress(server.getInetAddress(), server.getLocalPort());
    }

    String hostAndPort() {
        return address().getHostString() + ':' + server.getLocalPort();
    }

    /** The requests, without their sizes. */
    List<byte[]> heard() {
        return heard;
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket caller : callers) {
            caller.close();
        }
    }
}
