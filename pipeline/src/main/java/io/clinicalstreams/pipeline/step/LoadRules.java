package io.clinicalstreams.pipeline.step;

import io.clinicalstreams.pipeline.alert.RuleDecoder;
import io.clinicalstreams.topics.problem.CatalogueException;
import io.clinicalstreams.topics.reference.RuleManifest;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the {@link RuleTable} in sync with the compacted rule topic. Runs on the global thread, before the lane starts
 * and whenever rules change. An unreadable rule never stops the thread; the table reports that it is not up to date.
 */
public final class LoadRules implements Processor<String, byte[], Void, Void> {

    private static final Logger LOG = LoggerFactory.getLogger(LoadRules.class);

    private final String storeName;
    private final RuleTable table;
    private @Nullable KeyValueStore<String, byte[]> store;

    public LoadRules(String storeName, RuleTable table) {
        this.storeName = storeName;
        this.table = table;
    }

    @Override
    public void init(ProcessorContext<Void, Void> context) {
        store = context.getStateStore(storeName);
    }

    @Override
    public void process(Record<String, byte[]> rule) {
        if (store != null) {
            store.put(rule.key(), rule.value());
        }
        try {
            load(rule.key(), rule.value());
        } catch (RuntimeException unreadable) {
            LOG.atError()
                    .addKeyValue("step", "load-rules")
                    .addKeyValue("rule", rule.key())
                    .addKeyValue("reason", reason(unreadable))
                    .log("cannot read an alert rule; the rules in use stay as they are until it is fixed");
            table.refuse(rule.key());
        }
    }

    /** Our own messages say which field is wrong; any other may quote anything. */
    private static @Nullable String reason(RuntimeException unreadable) {
        return unreadable instanceof CatalogueException
                ? unreadable.getMessage()
                : unreadable.getClass().getName();
    }

    private void load(String id, byte @Nullable [] json) {
        if (RuleManifest.isKey(id)) {
            table.manifest(id, json == null ? null : RuleManifest.parse(json));
        } else if (json == null) {
            table.remove(id);
        } else {
            table.put(id, RuleDecoder.decode(id, json));
        }
    }
}
