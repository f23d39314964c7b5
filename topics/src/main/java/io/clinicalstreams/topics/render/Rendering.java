package io.clinicalstreams.topics.render;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The settings of one topic or client: written ones first, then the defaults, each sorted by name.
 *
 * @param about what they belong to: environment, topic, lane and so on
 */
record Rendering(Map<String, Object> about, List<RenderedSetting> settings) {

    Rendering {
        about = new LinkedHashMap<>(about);
        List<RenderedSetting> sorted = new ArrayList<>(settings);
        sorted.sort(Comparator.comparing(RenderedSetting::isDefault).thenComparing(RenderedSetting::name));
        settings = List.copyOf(sorted);
    }

    Rendering withoutDefaults() {
        return new Rendering(
                about, settings.stream().filter(setting -> !setting.isDefault()).toList());
    }
}
