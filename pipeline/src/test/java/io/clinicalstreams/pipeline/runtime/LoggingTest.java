package io.clinicalstreams.pipeline.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.ConfigurationSource;
import org.apache.logging.log4j.core.config.Property;
import org.apache.logging.log4j.core.config.xml.XmlConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoggingTest {

    private final Kept kept = new Kept();
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

        assertThat(kept.messages).containsExactly("a cluster", "others");
    }

    @Test
    void kafkasLoggersHonorAHigherLevel() throws IOException {
        configure("ERROR");

        context.getLogger("org.apache.kafka.clients.Metadata").warn("a cluster");

        assertThat(kept.messages).isEmpty();
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

    private static final class Kept extends AbstractAppender {

        private final List<String> messages = new ArrayList<>();

        Kept() {
            super("kept", null, null, true, Property.EMPTY_ARRAY);
        }

        @Override
        public void append(LogEvent event) {
            messages.add(event.getMessage().getFormattedMessage());
        }
    }
}
