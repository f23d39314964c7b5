package io.clinicalstreams.topics.export;

import io.clinicalstreams.topics.Catalogue;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Whom the catalogue is exported for. */
enum ExportFormat {
    /** {@code KafkaTopic} and {@code KafkaUser} resources for the Strimzi operators. */
    STRIMZI {
        @Override
        String export(Catalogue catalogue, String cluster) {
            return new StrimziResources(catalogue, cluster).yaml();
        }
    },
    /** A POSIX shell script that calls Kafka's own tools. */
    KAFKA_TOPICS {
        @Override
        String export(Catalogue catalogue, String cluster) {
            return new ShellScript(catalogue).text();
        }
    },
    /** The table of the README. */
    MARKDOWN {
        @Override
        String export(Catalogue catalogue, String cluster) {
            return new MarkdownTable(catalogue).text();
        }
    };

    /**
     * @param cluster the Kafka cluster's name, where the format needs one
     * @return ends with a line end
     */
    abstract String export(Catalogue catalogue, String cluster);

    /** Reads {@code strimzi}, {@code kafka-topics} and {@code markdown}. */
    static final class Reading implements ITypeConverter<ExportFormat> {

        @Override
        public ExportFormat convert(String text) {
            for (ExportFormat format : values()) {
                if (format.toString().equals(text)) {
                    return format;
                }
            }
            throw new TypeConversionException("expected strimzi, kafka-topics or markdown, was '" + text + "'");
        }
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
