package io.clinicalstreams.topics.setting;

/**
 * A setting in effect, and where it came from.
 *
 * @param file the catalogue file that sets it, for example {@code profiles/latency.yaml}
 * @param path the place in the file, for example {@code producer.linger.ms}
 */
public record EffectiveSetting(String name, Setting setting, Origin origin, String file, String path) {

    public String value() {
        return setting.value();
    }

    EffectiveSetting renamed(String newName) {
        return new EffectiveSetting(newName, setting, origin, file, path);
    }
}
