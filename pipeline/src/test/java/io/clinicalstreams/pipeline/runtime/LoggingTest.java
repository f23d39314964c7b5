package io.clinicalstreams.pipeline.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.clinicalstreams.pipeline.KeptLog;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.ConfigurationSource;
import org.apache.logging.log4j.core.config.xml.XmlConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoggingTest {

    private final KeptLog kept = new KeptLog();
    private final LoggerContext context = new LoggerContext("test");

    @AfterEach
    void stop() {
        context.stop();
    }

    @Test
    void kafkasLoggersLogNothingBelowInfoAtAnyRequestedLevel() throws IOException {
        configure("TRACE");

        context.getLogger("org.apache.kafka.clients.producer.KafkaProducer").debug("a record");
        context.getLogger("org.apache.kafka.clients.Metadata").info("a cluster");
        context.getLogger("com.example").debug("others");

        assertThat(kept.messages()).containsExactly("a cluster", "others");
    }

    @Test
    void kafkasLoggersHonorAHigherLevel() throws IOException {
        configure("ERROR");

        context.getLogger("org.apache.kafka.clients.Metadata").warn("a cluster");

        assertThat(kept.messages()).isEmpty();
    }

    /** The service's configuration with the level from the environment. */
    private void configure(String level) throws IOException {
        try (InputStream file = Objects.requireNonNull(getClass().getResourceAsStream("/log4j2.xml"))) {
            String xml = new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .replaceAll("\\$\\{env:CLINICAL_STREAMS_LOG_LEVEL:-WARN}", level);
            assertThat(xml).contains(level);
            XmlConfiguration configuration = new XmlConfiguration(
                    context, new ConfigurationSource(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8))));
            context.start(configuration);
        }
        kept.start();
        context.getConfiguration().getRootLogger().addAppender(kept, Level.ALL, null);
    }
}
