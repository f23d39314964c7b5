package io.clinicalstreams.build;

import com.sun.tools.javac.api.ClientCodeWrapper;
import com.sun.tools.javac.file.CacheFSInfo;
import com.sun.tools.javac.file.JavacFileManager;
import com.sun.tools.javac.util.Context;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.tools.DiagnosticListener;
import javax.tools.JavaFileObject;

/** javac's files; equal processor paths have one class loader as long as Maven runs. */
@ClientCodeWrapper.Trusted // as javac's own: no wrapper around each file
final class KeptPlugins extends JavacFileManager {

    /** By the path's addresses as text, because a URL compares hosts. */
    private static final Map<List<String>, ClassLoader> LOADERS = new ConcurrentHashMap<>();

    KeptPlugins(DiagnosticListener<? super JavaFileObject> listener, Charset charset) {
        super(context(listener), true, charset);
    }

    private static Context context(DiagnosticListener<? super JavaFileObject> listener) {
        Context context = new Context();
        context.put(DiagnosticListener.class, listener);
        CacheFSInfo.preRegister(context);
        return context;
    }

    /** Not closeable, because javac closes the loader after each compilation. */
    @Override
    protected ClassLoader getClassLoader(URL[] path) {
        return new ClassLoader(LOADERS.computeIfAbsent(
                Arrays.stream(path).map(URL::toString).toList(),
                kept -> new URLClassLoader(path, JavacFileManager.class.getClassLoader()))) {};
    }
}
