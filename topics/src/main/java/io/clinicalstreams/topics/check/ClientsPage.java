package io.clinicalstreams.topics.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.errors.InterruptException;

/** The settings that each lane of a running service uses, as the service reports them. */
record ClientsPage(List<RunningLane> lanes) {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int OK = 200;

    /** Far larger than the settings of all lanes' clients. */
    private static final int LARGEST_PAGE = 4 << 20;

    /**
     * One lane of the service.
     *
     * @param settings by Kafka Streams' prefix of the client, without the dot ({@code producer}, {@code main.consumer}
     *     and so on; {@code streams} for the application itself), then by name
     */
    record RunningLane(String lane, String applicationId, Map<String, Map<String, String>> settings) {}

    /** @throws IOException if nothing answers, or something other than a service; the message says why */
    static ClientsPage fetch(URI service) throws IOException {
        String base = service.toString();
        URI page = URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + "/clients");
        HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
        HttpRequest request = HttpRequest.newBuilder(page).timeout(PATIENCE).build();
        CompletableFuture<byte[]> body =
                http.sendAsync(request, BodyHandlers.ofInputStream()).thenApplyAsync(ClientsPage::body);
        try {
            return parse(body.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException stopped) {
            throw new InterruptException(stopped);
        } catch (TimeoutException silent) {
            throw new IOException("did not answer completely within " + PATIENCE.toSeconds() + " s", silent);
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof IOException cause ? cause : new IOException(failed.getCause());
        }
    }

    /** A larger body fails instead of exhausting memory. */
    private static byte[] body(HttpResponse<InputStream> answer) {
        try (InputStream body = answer.body()) {
            if (answer.statusCode() != OK) {
                throw new IOException("answers with status " + answer.statusCode());
            }
            byte[] bytes = body.readNBytes(LARGEST_PAGE + 1);
            if (bytes.length > LARGEST_PAGE) {
                throw new IOException("answers with more than " + LARGEST_PAGE + " bytes, so it is not a service");
            }
            return bytes;
        } catch (IOException failed) {
            throw new CompletionException(failed);
        }
    }

    static ClientsPage parse(byte[] json) throws IOException {
        JsonNode page = JsonMapper.builder().build().readTree(json);
        if (page == null || !page.path("lanes").isArray()) {
            throw new IOException("does not answer with a list of lanes");
        }
        List<RunningLane> lanes = new ArrayList<>();
        for (JsonNode lane : page.path("lanes")) {
            Map<String, Map<String, String>> settings = new LinkedHashMap<>();
            lane.path("settings")
                    .properties()
                    .forEach(client -> settings.put(client.getKey(), texts(client.getValue())));
            lanes.add(new RunningLane(
                    lane.path("lane").asText(), lane.path("applicationId").asText(), settings));
        }
        return new ClientsPage(lanes);
    }

    private static Map<String, String> texts(JsonNode object) {
        Map<String, String> texts = new LinkedHashMap<>();
        object.properties()
                .forEach(entry -> texts.put(entry.getKey(), entry.getValue().asText()));
        return texts;
    }
}
