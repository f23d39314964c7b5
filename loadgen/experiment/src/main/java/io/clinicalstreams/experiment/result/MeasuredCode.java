package io.clinicalstreams.experiment.result;

import io.clinicalstreams.experiment.Measure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The code of ours that a measure is about: that of the lanes. A producer and a consumer are Kafka's, whose version a result
 * has.
 */
public final class MeasuredCode {

    private static final List<String> OF_LANES = List.of("pipeline/src/main/java", "topics/wire/src/main/java");
    private static final int HASH_CHARACTERS = 16;

    private MeasuredCode() {}

    /** A hash of the sources, found in the working folder or above; null for a measure without a lane, or without sources. */
    public static @Nullable String hash(Measure measure) {
        Path root = Path.of("").toAbsolutePath();
        while (root != null && !Files.isDirectory(root.resolve(OF_LANES.get(0)))) {
            root = root.getParent();
        }
        return measure.isOfALane() && root != null ? hash(root) : null;
    }

    /** @param root of the repository */
    static String hash(Path root) {
        MessageDigest digest = sha256();
        for (String folder : OF_LANES) {
            try (Stream<Path> files = Files.walk(root.resolve(folder))) {
                for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                    String name = root.relativize(file).toString().replace('\\', '/');
                    digest.update(name.getBytes(StandardCharsets.UTF_8));
                    digest.update(Files.readString(file).replace("\r\n", "\n").getBytes(StandardCharsets.UTF_8));
                }
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }
        return hex(digest);
    }

    /** The hash of a text, whatever its line ends are. */
    static String hash(String text) {
        MessageDigest digest = sha256();
        digest.update(text.replace("\r\n", "\n").getBytes(StandardCharsets.UTF_8));
        return hex(digest);
    }

    private static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest()).substring(0, HASH_CHARACTERS);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
