package io.clinicalstreams.topics.terminal;

import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How a command that lists things prints them: for eyes, or for programs. */
public enum OutputFormat {
    TABLE,
    JSON;

    /** Reads {@code table} and {@code json}. */
    public static final class Reading implements ITypeConverter<OutputFormat> {

        @Override
        public OutputFormat convert(String text) {
            for (OutputFormat format : values()) {
                if (format.toString().equals(text)) {
                    return format;
                }
            }
            throw new TypeConversionException("expected table or json, was '" + text + "'");
        }
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
