package io.clinicalstreams.pipeline.runtime;

/** Which version of the service this is; alerts name it as their author. */
public final class ServiceVersion {

    private ServiceVersion() {}

    public static String current() {
        String version = ServiceVersion.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
