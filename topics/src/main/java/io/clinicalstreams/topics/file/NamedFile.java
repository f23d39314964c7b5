package io.clinicalstreams.topics.file;

/** A file of the catalogue, which must be named after the thing it describes. */
public interface NamedFile {

    String name();
}
