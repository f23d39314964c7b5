package io.clinicalstreams.topics.problem;

/**
 * One problem in the catalogue.
 *
 * @param file the file inside the catalogue, for example {@code profiles/latency.yaml}
 * @param path the place in the file, for example {@code producer.linger.ms.value}; empty for the file itself
 */
public record Problem(String file, String path, String message) {

    /** Whether the other one is at this one's place or below it. */
    boolean contains(Problem other) {
        return file.equals(other.file)
                && (path.isEmpty() || other.path.equals(path) || other.path.startsWith(path + '.'));
    }

    @Override
    public String toString() {
        return path.isEmpty() ? file + ": " + message : file + ": " + path + ": " + message;
    }
}
