package io.clinicalstreams.experiment.trial;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.clinicalstreams.experiment.FactorLevel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an instance of a lane needs to start.
 *
 * @param catalogue folder with the trial's environment
 * @param environment the trial's
 * @param instance its name, the same after a restart
 * @param level names its JDK and its JVM's options
 */
record LaneLaunch(
        String bootstrapServers, Path catalogue, String environment, String lane, String instance, FactorLevel level) {

    /** How instances are started. */
    interface Starter {
        LaneInstance start(LaneLaunch launch) throws IOException, InterruptedException;
    }

    /** The same with another instance. */
    LaneLaunch of(String other) {
        return new LaneLaunch(bootstrapServers, catalogue, environment, lane, other, level);
    }

    /** By the names that the service's configuration has. */
    Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("bootstrap-servers", bootstrapServers);
        settings.put("catalogue", catalogue.toString());
        settings.put("environment", environment);
        settings.put("lanes", lane);
        settings.put("instance-id", instance);
        settings.put(
                "state-directory", catalogue.resolve("state-" + environment).toString());
        settings.put("http-port", "0");
        level.laneInService().forEach((name, value) -> settings.put("kafka." + name, value));
        return settings;
    }

    /** Writes them into a file, and returns the arguments of the service's command. */
    List<String> arguments() throws IOException {
        Path file = catalogue.resolve(environment + '-' + instance + ".yaml");
        Files.writeString(file, new YAMLMapper().writeValueAsString(settings()));
        return List.of("run", "--config", file.toString());
    }

    /** Its log. */
    Path log() {
        return catalogue.resolve(environment + '-' + instance + ".log");
    }
}
