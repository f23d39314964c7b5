package io.clinicalstreams.build;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.Charset;
import javax.inject.Named;
import javax.inject.Singleton;
import javax.tools.DiagnosticListener;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import org.codehaus.plexus.compiler.javac.InProcessCompiler;
import org.codehaus.plexus.compiler.javac.JavacCompiler;
import org.codehaus.plexus.compiler.javac.JavaxToolsCompiler;

/**
 * Maven's javac, in which the static checks stay loaded from one compilation to the next. javac loads its plugins anew
 * each time, which took longer than to run them: 20 times 8,000 classes that the JVM had not compiled yet.
 */
@Named(CheckingJavac.ID)
@Singleton
public final class CheckingJavac extends JavacCompiler {

    static final String ID = "checking-javac";

    private final InProcessCompiler javac = new JavaxToolsCompiler() {
        @Override
        protected JavaCompiler newJavaCompiler() {
            return withKeptPlugins(super.newJavaCompiler());
        }
    };

    @Override
    public String getCompilerId() {
        return ID;
    }

    @Override
    protected InProcessCompiler inProcessCompiler() {
        return javac;
    }

    @SuppressWarnings("unchecked") // The listener's type is that of the method's parameter.
    private static JavaCompiler withKeptPlugins(JavaCompiler javac) {
        return (JavaCompiler) Proxy.newProxyInstance(
                CheckingJavac.class.getClassLoader(), new Class<?>[] {JavaCompiler.class}, (self, method, arguments) -> {
                    if (method.getName().equals("getStandardFileManager")) {
                        return new KeptPlugins(
                                (DiagnosticListener<? super JavaFileObject>) arguments[0], (Charset) arguments[2]);
                    }
                    try {
                        return method.invoke(javac, arguments);
                    } catch (InvocationTargetException failed) {
                        throw failed.getCause();
                    }
                });
    }
}
