package io.clinicalstreams.topics.setting;

/**
 * A setting as it takes effect, and where it came from.
 *
 * @param file the file of the catalogue that says so, for example {@code profiles/latency.yaml}
 * @param path the place in it, for example {@code producer.linger.ms}
 */
public record EffectiveSetting(String name, Setting setting, Origin origin, String file, String path) {

    public String value() {
        return setting.value();
    }

    EffectiveSetting renamed(String newName) {
        return new EffectiveSetting(newName, setting, origin, file, path);
    }
}
