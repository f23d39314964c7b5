package io.clinicalstreams.topics.file;

import io.clinicalstreams.topics.problem.CatalogueException;
import io.clinicalstreams.topics.problem.IoReason;
import io.clinicalstreams.topics.problem.Problem;
import io.clinicalstreams.topics.problem.Problems;
import java.io.Closeable;
import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.ProviderNotFoundException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A source of the catalogue's YAML files: a folder, or a jar on the class path. */
public final class CatalogueFiles implements Closeable {

    public static final String TOPICS = "catalogue";
    public static final String LANES = "catalogue/lanes";
    public static final String CLIENTS = "catalogue/clients";
    public static final String PROFILES = "profiles";
    public static final String EXPERIMENTS = "profiles/experiments";
    public static final String ENVIRONMENTS = "environments";

    private final Path root;
    private final String place;
    private final @Nullable FileSystem jar;

    private CatalogueFiles(Path root, String place, @Nullable FileSystem jar) {
        this.root = root;
        this.place = place;
        this.jar = jar;
    }

    /** The file for a name, for example {@code profiles/latency.yaml}. */
    public static String fileOf(String folder, String name) {
        return folder + '/' + name + CatalogueFile.EXTENSION;
    }

    public static CatalogueFiles in(Path directory) {
        return new CatalogueFiles(directory, directory.toString(), null);
    }

    /**
     * Files on the class path, such as the catalogue's. Everything is read from the first place with the folder, so that an
     * earlier copy replaces a later one and is never mixed with it.
     *
     * @param root the folder on the class path that the folders are in
     * @param folder for example {@link #TOPICS}
     * @throws CatalogueException if there is none
     */
    public static CatalogueFiles onClassPath(String root, String folder) {
        return onClassPath(root, folder, Objects.requireNonNull(CatalogueFiles.class.getClassLoader()));
    }

    static CatalogueFiles onClassPath(String root, String folder, ClassLoader loader) {
        URL topics = loader.getResource(root + '/' + folder);
        if (topics == null) {
            throw unusable("no such folder on the class path under " + root);
        }
        try {
            if (topics.getProtocol().equals("file")) {
                return in(Objects.requireNonNull(
                        Path.of(new URI(topics.toString())).getParent()));
            }
            if (topics.openConnection() instanceof JarURLConnection entry) {
                Path file = Path.of(entry.getJarFileURL().toURI());
                FileSystem jar = FileSystems.newFileSystem(file);
                return new CatalogueFiles(jar.getPath(root), file.toString(), jar);
            }
            throw unusable("cannot list " + topics);
        } catch (ProviderNotFoundException noZip) {
            throw unusable("cannot be read in a jar: this Java runtime lacks the module jdk.zipfs");
        } catch (IOException | URISyntaxException unreadable) {
            throw unusable("cannot be read: " + unreadable);
        }
    }

    private static CatalogueException unusable(String why) {
        return new CatalogueException(List.of(new Problem(TOPICS, "", why)));
    }

    /**
     * The files directly in a folder, sorted by name, without those whose name begins with a dot.
     *
     * @param folder for example {@code catalogue/lanes}
     * @param problems receives a problem if the folder is missing or cannot be read
     */
    public List<CatalogueFile> in(String folder, Problems problems) {
        Path directory = root.resolve(folder);
        List<CatalogueFile> files = new ArrayList<>();
        if (!Files.isDirectory(directory)) {
            problems.add(folder, "", "no such folder in " + place);
            return files;
        }
        try {
            for (Path file : visible(directory)) {
                String name = folder + '/' + file.getFileName();
                if (Files.isRegularFile(file)) {
                    read(file, name, problems).ifPresent(files::add);
                } else if (name.endsWith(CatalogueFile.EXTENSION)) {
                    problems.add(name, "", "is neither a file nor a link to a file");
                }
            }
        } catch (IOException unreadable) {
            problems.add(folder, "", IoReason.predicate(unreadable));
        }
        return files;
    }

    /**
     * The folders directly in a folder, prefixed with its name, sorted by name, without those whose name begins with a
     * dot. Empty if the folder is missing or cannot be read.
     */
    public List<String> foldersIn(String folder) {
        try {
            return visible(root.resolve(folder)).stream()
                    .filter(Files::isDirectory)
                    .map(directory -> folder + '/' + directory.getFileName())
                    .toList();
        } catch (IOException unreadable) {
            return List.of();
        }
    }

    /** Copies the catalogue's folders into a folder. */
    public void copyTo(Path directory) throws IOException {
        for (String part : List.of(TOPICS, PROFILES, ENVIRONMENTS)) {
            try (Stream<Path> found = Files.walk(root.resolve(part))) {
                for (Path file : found.toList()) {
                    // By its text: the file may be in a jar, whose paths are of another kind.
                    Path copy = directory.resolve(root.relativize(file).toString());
                    if (Files.isDirectory(file)) {
                        Files.createDirectories(copy);
                    } else {
                        Files.copy(file, copy);
                    }
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        if (jar != null) {
            jar.close();
        }
    }

    /** Files whose name begins with a dot belong to programs such as editors. */
    private static List<Path> visible(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.filter(entry -> !String.valueOf(entry.getFileName()).startsWith("."))
                    .sorted()
                    .toList();
        }
    }

    private static Optional<CatalogueFile> read(Path file, String name, Problems problems) {
        try {
            return Optional.of(new CatalogueFile(name, Files.readString(file)));
        } catch (IOException unreadable) {
            problems.add(name, "", IoReason.predicate(unreadable));
        }
        return Optional.empty();
    }
}
