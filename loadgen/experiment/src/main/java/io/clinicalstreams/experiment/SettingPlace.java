package io.clinicalstreams.experiment;

import io.clinicalstreams.topics.setting.SettingDefinitions;

/**
 * The place of a setting that an experiment is about.
 *
 * @param file of the catalogue: {@code profiles/throughput.yaml}
 * @param section of the file: {@code topic}, {@code producer}, {@code consumer} or {@code streams}
 * @param name Kafka's name
 */
public record SettingPlace(String file, String section, String name) {

    /**
     * From the form of an experiment's {@code evidence-for}: {@code profiles/throughput.yaml: producer.linger.ms}.
     *
     * @throws IllegalArgumentException if it has another form
     */
    public static SettingPlace of(String text) {
        String[] fileAndPath = text.split(": ", 2);
        String[] path = fileAndPath.length == 2 ? fileAndPath[1].split("\\.", 2) : new String[0];
        if (path.length != 2) {
            throw new IllegalArgumentException(
                    "evidence-for: must be such as 'profiles/throughput.yaml: producer.linger.ms', was '" + text + "'");
        }
        return new SettingPlace(fileAndPath[0], path[0], path[1]);
    }

    /** Its key in {@link LevelCatalogues#inEffect}. */
    public String inEffect(Experiment experiment) {
        if (!experiment.measure().isOfALane()) {
            return section + '.' + name;
        }
        return switch (section) {
            case "producer" -> "lane." + SettingDefinitions.FOR_PRODUCER + name;
            case "consumer" -> "lane." + SettingDefinitions.FOR_MAIN_CONSUMER + name;
            case "streams" -> "lane." + name;
            default -> section + '.' + name;
        };
    }

    @Override
    public String toString() {
        return file + ": " + section + '.' + name;
    }
}
