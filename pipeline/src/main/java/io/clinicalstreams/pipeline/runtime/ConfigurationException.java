package io.clinicalstreams.pipeline.runtime;

import java.util.List;

/** Settings that cannot be: one message with all problems, each with its path. Exit code 2. */
public final class ConfigurationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ConfigurationException(List<String> problems) {
        super(String.join(System.lineSeparator(), problems));
    }
}
