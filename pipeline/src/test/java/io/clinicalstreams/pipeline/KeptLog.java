package io.clinicalstreams.pipeline;

import java.util.ArrayList;
import java.util.List;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;

/** Keeps the messages of the loggers that it is added to. */
public final class KeptLog extends AbstractAppender {

    private final List<String> messages = new ArrayList<>();

    public KeptLog() {
        super("kept", null, null, true, Property.EMPTY_ARRAY);
    }

    @Override
    public void append(LogEvent event) {
        messages.add(event.getMessage().getFormattedMessage());
    }

    public List<String> messages() {
        return messages;
    }
}
