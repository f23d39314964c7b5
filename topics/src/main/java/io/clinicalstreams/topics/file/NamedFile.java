package io.clinicalstreams.topics.file;

/** What a file of the catalogue describes has a name, and it is the file's. */
public interface NamedFile {

    String name();
}
