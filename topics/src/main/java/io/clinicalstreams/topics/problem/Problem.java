package io.clinicalstreams.topics.problem;

/**
 * One thing that is wrong with the catalogue.
 *
 * @param file the file inside the catalogue, for example {@code profiles/latency.yaml}
 * @param path the place in it, for example {@code producer.linger.ms.value}; empty where it is the file itself
 */
public record Problem(String file, String path, String message) {

    @Override
    public String toString() {
        return path.isEmpty() ? file + ": " + message : file + ": " + path + ": " + message;
    }
}
