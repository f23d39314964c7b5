package io.clinicalstreams.topics.render;

import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Whose settings are asked for. */
public enum ClientKind {
    PRODUCER,
    CONSUMER,
    STREAMS;

    /** Reads {@code producer}, {@code consumer} and {@code streams}. */
    public static final class Reading implements ITypeConverter<ClientKind> {

        @Override
        public ClientKind convert(String text) {
            for (ClientKind kind : values()) {
                if (kind.toString().equals(text)) {
                    return kind;
                }
            }
            throw new TypeConversionException("expected producer, consumer or streams, was '" + text + "'");
        }
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
