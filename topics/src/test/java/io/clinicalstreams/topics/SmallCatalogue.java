package io.clinicalstreams.topics;

import io.clinicalstreams.topics.load.CatalogueLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The smallest valid catalogue, in a folder, for tests to break. */
public record SmallCatalogue(Path root) {

    public static SmallCatalogue in(Path root) throws IOException {
        SmallCatalogue catalogue = new SmallCatalogue(root);
        catalogue.write("catalogue/clinical.thing.received.yaml", topic("clinical.thing.received", "input"));
        catalogue.write("catalogue/clinical.thing.seen.yaml", topic("clinical.thing.seen", "fast"));
        catalogue.write("catalogue/lanes/seeing.yaml", """
                name: seeing
                application-id: small.seeing
                goal: Sees things.
                profile: fast
                sources: [clinical.thing.received]
                references: []
                sinks: [clinical.thing.seen]
                """);
        catalogue.write("catalogue/clients/gateway.yaml", """
                name: gateway
                goal: Sends things.
                writes: [clinical.thing.received]
                """);
        catalogue.write("profiles/base.yaml", """
                name: base
                goal: Shared.
                topic:
                  max.message.bytes: {value: 1000000, why: Small., evidence: pending}
                """);
        catalogue.write("profiles/fast.yaml", """
                name: fast
                extends: base
                goal: Fast.
                objectives:
                  maximum-lag: PT1S
                topic:
                  retention.ms: {value: 7200000, why: Two hours., evidence: pending}
                  segment.ms: {value: 3600000, why: One hour., evidence: pending}
                producer:
                  linger.ms: {value: 0, why: At once., evidence: pending}
                  max.request.size: {value: 950000, why: Between., evidence: pending}
                consumer:
                  isolation.level: {value: read_committed, why: Done is done., evidence: pending}
                  session.timeout.ms: {value: 9000, why: Short., evidence: pending}
                streams:
                  commit.interval.ms: {value: 10, why: Short., evidence: pending}
                """);
        catalogue.write("profiles/input.yaml", """
                name: input
                extends: fast
                goal: Input.
                objectives:
                  maximum-lag: PT1S
                producer:
                  max.request.size: {value: 800000, why: Below the input's., evidence: pending}
                """);
        catalogue.write("environments/test.yaml", """
                name: test
                goal: A test.
                brokers: 3
                replication: 3
                min-insync-replicas: 2
                standby-replicas: 0
                security: {protocol: PLAINTEXT}
                topics:
                  clinical.thing.received:
                    settings:
                      max.message.bytes: {value: 900000, why: Input., evidence: pending}
                """);
        return catalogue;
    }

    private static String topic(String name, String profile) {
        return """
                name: %s
                goal: Things.
                profile: %s
                key: the thing
                value: JSON
                keyed-order: true
                partitions: 4
                """.formatted(name, profile);
    }

    public void write(String file, String text) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    public void append(String file, String text) throws IOException {
        write(file, Files.readString(root.resolve(file)) + text);
    }

    public void replace(String file, String old, String replacement) throws IOException {
        String text = Files.readString(root.resolve(file));
        if (!text.contains(old)) {
            throw new IllegalArgumentException(file + " does not contain " + old);
        }
        write(file, text.replace(old, replacement));
    }

    public Catalogue load() {
        return CatalogueLoader.load(root, "test");
    }
}
