package io.clinicalstreams.application.faults;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The network in front of one broker. It can be cut: connections stay open and deliver nothing until it heals, as when
 * a switch drops packets. It can be slow, and it can reset every connection.
 */
final class TcpProxy implements AutoCloseable {

    private static final int BUFFER = 64 << 10;

    private final ServerSocket server;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile int target;
    private volatile Duration delay = Duration.ZERO;
    private boolean isCut;

    private TcpProxy(ServerSocket server) {
        this.server = server;
    }

    /** On a free port of this machine. */
    static TcpProxy open() {
        try {
            TcpProxy proxy = new TcpProxy(new ServerSocket(0, 0, InetAddress.getLoopbackAddress()));
            start("proxy-accept", proxy::accept);
            return proxy;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    int port() {
        return server.getLocalPort();
    }

    /** Connections accepted from now on lead to this port. */
    void leadTo(int port) {
        target = port;
    }

    synchronized void cut() {
        isCut = true;
    }

    synchronized void heal() {
        isCut = false;
        notifyAll();
    }

    /** Each piece of data takes this much longer, in each direction. */
    void slowDown(Duration by) {
        delay = by;
    }

    /** Ends every connection; clients may connect again. */
    void reset() {
        open.forEach(this::end);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                open.add(client);
                start("proxy-connect", () -> connect(client));
            } catch (IOException closed) {
                // asked again unless the proxy is closed
            }
        }
    }

    private void connect(Socket client) {
        try {
            awaitHealed();
            Socket broker = new Socket(InetAddress.getLoopbackAddress(), target);
            open.add(broker);
            broker.setTcpNoDelay(true);
            client.setTcpNoDelay(true);
            start("proxy-up", () -> pump(client, broker));
            start("proxy-down", () -> pump(broker, client));
        } catch (IOException unreachable) {
            end(client);
        }
    }

    private void pump(Socket from, Socket to) {
        byte[] buffer = new byte[BUFFER];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                Thread.sleep(delay.toMillis());
                awaitHealed();
                out.write(buffer, 0, read);
            }
        } catch (IOException | InterruptedException ended) {
            // both ends are closed below
        }
        end(from);
        end(to);
    }

    private synchronized void awaitHealed() {
        try {
            while (isCut) {
                wait();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void end(Socket socket) {
        open.remove(socket);
        close(socket);
    }

    private static void close(Closeable socket) {
        try {
            socket.close();
        } catch (IOException gone) {
            // its other end has closed it
        }
    }

    private static void start(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        close(server);
        heal();
        reset();
    }
}
