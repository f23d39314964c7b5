package io.clinicalstreams.topics;

/**
 * A setting as it takes effect, and where it came from.
 *
 * @param file the file of the catalogue that says so, for example {@code profiles/latency.yaml}
 */
public record EffectiveSetting(String name, Setting setting, Origin origin, String file) {

    public String value() {
        return setting.value();
    }

    EffectiveSetting renamed(String newName) {
        return new EffectiveSetting(newName, setting, origin, file);
    }

    EffectiveSetting withValue(String newValue, String why, Origin newOrigin, String newFile) {
        return new EffectiveSetting(name, new Setting(newValue, why, setting.evidence()), newOrigin, newFile);
    }
}
