package io.clinicalstreams.topics;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * The catalogue on the class path, in a jar or in a folder. The first place that has the asked folder wins whole, so
 * that a copy before it replaces it.
 */
record ClassPathFiles(String root, ClassLoader loader) implements CatalogueFiles {

    ClassPathFiles(String root) {
        this(root, ClassPathFiles.class.getClassLoader());
    }

    @Override
    public List<CatalogueFile> in(String folder, Problems problems) {
        String path = root + '/' + folder;
        URL place = loader.getResource(path);
        if (place == null) {
            problems.add(folder, "", "no such folder on the class path under " + root);
            return List.of();
        }
        try {
            if (place.getProtocol().equals("file")) {
                Path directory = Path.of(new URI(place.toString()));
                List<CatalogueFile> files = new DirectoryFiles(directory).in("", problems);
                return files.stream()
                        .map(file -> new CatalogueFile(folder + file.name(), file.text()))
                        .toList();
            }
            if (place.openConnection() instanceof JarURLConnection connection) {
                return inJar(connection, path + '/', folder);
            }
            problems.add(folder, "", "cannot list " + place);
        } catch (IOException | URISyntaxException unreadable) {
            problems.add(folder, "", "cannot be read: " + unreadable);
        }
        return List.of();
    }

    private static List<CatalogueFile> inJar(JarURLConnection connection, String path, String folder)
            throws IOException {
        connection.setUseCaches(false);
        List<CatalogueFile> files = new ArrayList<>();
        try (JarFile jar = connection.getJarFile()) {
            for (Enumeration<JarEntry> entries = jar.entries(); entries.hasMoreElements(); ) {
                JarEntry entry = entries.nextElement();
                String name = entry.getName();
                if (!entry.isDirectory() && isDirectlyIn(path, name)) {
                    try (InputStream content = jar.getInputStream(entry)) {
                        String text = new String(content.readAllBytes(), StandardCharsets.UTF_8);
                        files.add(new CatalogueFile(folder + '/' + name.substring(path.length()), text));
                    }
                }
            }
        }
        files.sort((a, b) -> a.name().compareTo(b.name()));
        return files;
    }

    private static boolean isDirectlyIn(String path, String name) {
        return name.startsWith(path)
                && name.indexOf('/', path.length()) < 0
                && !CatalogueFile.isHidden(name.substring(path.length()));
    }
}
