package io.clinicalstreams.application;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.message.ApiVersionsResponseData;
import org.apache.kafka.common.message.ApiVersionsResponseData.ApiVersion;
import org.apache.kafka.common.message.ApiVersionsResponseData.ApiVersionCollection;
import org.apache.kafka.common.message.MetadataResponseData;
import org.apache.kafka.common.message.MetadataResponseData.MetadataResponseBroker;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.requests.RequestHeader;
import org.apache.kafka.common.requests.RequestUtils;
import org.apache.kafka.common.requests.ResponseHeader;

/** Answers the two requests with which every Kafka client begins, and advertises another name than its own. */
final class AdvertisingBroker implements AutoCloseable {

    private final ServerSocket listener;
    private final String host;
    private final int port;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    /** @param port that it advertises; 0 for its own */
    AdvertisingBroker(String host, int port) {
        try {
            this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        this.host = host;
        this.port = port == 0 ? listener.getLocalPort() : port;
        inBackground(this::accept);
    }

    String address() {
        return "127.0.0.1:" + listener.getLocalPort();
    }

    private static void inBackground(Runnable work) {
        Thread thread = new Thread(work, "advertising-broker");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket client = listener.accept();
                open.add(client);
                inBackground(() -> answer(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void answer(Socket client) {
        try (client) {
            DataInputStream in = new DataInputStream(client.getInputStream());
            OutputStream out = client.getOutputStream();
            while (true) {
                byte[] request = new byte[in.readInt()];
                in.readFully(request);
                ByteBuffer answer = answer(RequestHeader.parse(ByteBuffer.wrap(request)));
                out.write(ByteBuffer.allocate(Integer.BYTES)
                        .putInt(answer.remaining())
                        .array());
                out.write(answer.array(), answer.arrayOffset() + answer.position(), answer.remaining());
            }
        } catch (IOException ended) {
            // The client has gone.
        }
    }

    private ByteBuffer answer(RequestHeader request) {
        ResponseHeader header = request.toResponseHeader();
        ApiMessage body =
                switch (request.apiKey()) {
                    case API_VERSIONS -> new ApiVersionsResponseData().setApiKeys(versions());
                    case METADATA -> metadata();
                    default -> throw new IllegalArgumentException("not answered here: " + request.apiKey());
                };
        return RequestUtils.serialize(header.data(), header.headerVersion(), body, request.apiVersion());
    }

    private static ApiVersionCollection versions() {
        ApiVersionCollection versions = new ApiVersionCollection();
        for (ApiKeys key : ApiKeys.clientApis()) {
            versions.add(new ApiVersion()
                    .setApiKey(key.id)
                    .setMinVersion(key.oldestVersion())
                    .setMaxVersion(key.latestVersion()));
        }
        return versions;
    }

    private MetadataResponseData metadata() {
        MetadataResponseData metadata =
                new MetadataResponseData().setControllerId(0).setClusterId("advertised");
        metadata.brokers()
                .add(new MetadataResponseBroker().setNodeId(0).setHost(host).setPort(port));
        return metadata;
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket client : open) {
            client.close();
        }
    }
}
