package io.clinicalstreams.topics.file;

import io.clinicalstreams.topics.problem.Problems;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * The catalogue in a jar, loaded at once: it is a few dozen small files.
 *
 * @param jar its name in messages
 * @param texts by the file's name with its folders, for example {@code catalogue/lanes/alerting.yaml}
 */
record JarFiles(String jar, SortedMap<String, String> texts) implements CatalogueFiles {

    JarFiles {
        texts = Collections.unmodifiableSortedMap(new TreeMap<>(texts));
    }

    /** @param root the catalogue's folder in the jar, with a trailing slash */
    static JarFiles of(JarURLConnection connection, String root) throws IOException {
        connection.setUseCaches(false);
        SortedMap<String, String> texts = new TreeMap<>();
        try (JarFile jar = connection.getJarFile()) {
            for (Enumeration<JarEntry> entries = jar.entries(); entries.hasMoreElements(); ) {
                JarEntry entry = entries.nextElement();
                if (!entry.isDirectory() && entry.getName().startsWith(root)) {
                    try (InputStream content = jar.getInputStream(entry)) {
                        String text = new String(content.readAllBytes(), StandardCharsets.UTF_8);
                        texts.put(entry.getName().substring(root.length()), text);
                    }
                }
            }
            return new JarFiles(jar.getName(), texts);
        }
    }

    @Override
    public List<CatalogueFile> in(String folder, Problems problems) {
        if (texts.keySet().stream().noneMatch(name -> name.startsWith(folder + '/'))) {
            problems.add(folder, "", "no such folder in " + jar);
        }
        return texts.entrySet().stream()
                .filter(file -> isDirectlyIn(folder + '/', file.getKey()))
                .map(file -> new CatalogueFile(file.getKey(), file.getValue()))
                .toList();
    }

    @Override
    public List<String> foldersIn(String folder) {
        String inside = folder + '/';
        return texts.keySet().stream()
                .filter(name -> name.startsWith(inside) && name.indexOf('/', inside.length()) > 0)
                .map(name -> name.substring(0, name.indexOf('/', inside.length())))
                .filter(name -> !CatalogueFile.isHidden(name.substring(inside.length())))
                .distinct()
                .toList();
    }

    private static boolean isDirectlyIn(String folder, String name) {
        return name.startsWith(folder)
                && name.indexOf('/', folder.length()) < 0
                && !CatalogueFile.isHidden(name.substring(folder.length()));
    }
}
