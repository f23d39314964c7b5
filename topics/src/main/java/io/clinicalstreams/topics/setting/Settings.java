package io.clinicalstreams.topics.setting;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Effective settings by name, in the order of their names. */
public record Settings(Map<String, EffectiveSetting> byName) {

    public static final Settings NONE = new Settings(Map.of());

    public Settings {
        byName = Collections.unmodifiableMap(new TreeMap<>(byName));
    }

    /**
     * The settings written in one file of the catalogue.
     *
     * @param section where in the file, for example {@code producer}
     */
    public static Settings from(Origin origin, String file, String section, Map<String, Setting> written) {
        Map<String, EffectiveSetting> settings = new LinkedHashMap<>();
        written.forEach((name, setting) ->
                settings.put(name, new EffectiveSetting(name, setting, origin, file, section + '.' + name)));
        return new Settings(settings);
    }

    /** These settings, overridden by the given ones. */
    public Settings overlaidBy(Settings upper) {
        Map<String, EffectiveSetting> all = new LinkedHashMap<>(byName);
        all.putAll(upper.byName);
        return new Settings(all);
    }

    public Settings with(EffectiveSetting setting) {
        return overlaidBy(new Settings(Map.of(setting.name(), setting)));
    }

    public Settings without(Set<String> names) {
        Map<String, EffectiveSetting> rest = new LinkedHashMap<>(byName);
        rest.keySet().removeAll(names);
        return new Settings(rest);
    }

    /** The same settings with the prefix that limits them to one kind of Kafka Streams' clients. */
    public Settings prefixed(String prefix) {
        Map<String, EffectiveSetting> renamed = new LinkedHashMap<>();
        byName.values()
                .forEach(setting -> renamed.put(prefix + setting.name(), setting.renamed(prefix + setting.name())));
        return new Settings(renamed);
    }

    public Optional<EffectiveSetting> get(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** Names and values only, for a Kafka client. */
    public Map<String, String> plain() {
        Map<String, String> plain = new LinkedHashMap<>();
        byName.forEach((name, setting) -> plain.put(name, setting.value()));
        return Collections.unmodifiableMap(plain);
    }
}
