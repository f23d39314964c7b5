package io.clinicalstreams.topics.file;

import io.clinicalstreams.topics.problem.CatalogueException;
import io.clinicalstreams.topics.problem.Problem;
import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * Finds the catalogue on the class path, in a jar or in a folder. Everything is read from the first place with a folder
 * of topics, so that an earlier copy replaces a later one and is never mixed with it.
 */
public final class ClassPathFiles {

    private ClassPathFiles() {}

    /**
     * @param root the folder on the class path that the catalogue's folders are in
     * @throws CatalogueException if there is none
     */
    public static CatalogueFiles under(String root) {
        return under(root, Objects.requireNonNull(ClassPathFiles.class.getClassLoader()));
    }

    static CatalogueFiles under(String root, ClassLoader loader) {
        URL topics = loader.getResource(root + '/' + CatalogueFiles.TOPICS);
        if (topics == null) {
            throw unusable("no such folder on the class path under " + root);
        }
        try {
            if (topics.getProtocol().equals("file")) {
                return new DirectoryFiles(Objects.requireNonNull(
                        Path.of(new URI(topics.toString())).getParent()));
            }
            if (topics.openConnection() instanceof JarURLConnection jar) {
                return JarFiles.of(jar, root + '/');
            }
            throw unusable("cannot list " + topics);
        } catch (IOException | URISyntaxException unreadable) {
            throw unusable("cannot be read: " + unreadable);
        }
    }

    private static CatalogueException unusable(String why) {
        return new CatalogueException(List.of(new Problem(CatalogueFiles.TOPICS, "", why)));
    }
}
