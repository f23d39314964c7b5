package io.clinicalstreams.topics.problem;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Locale;
import java.util.Objects;

/** Why a file cannot be used, in the operating system's words: Java's exceptions often have only the path as message. */
public final class IoReason {

    private IoReason() {}

    /** What to say after the file's name: {@code does not exist}, {@code cannot be read: permission denied}. */
    public static String predicate(IOException failure) {
        if (failure instanceof NoSuchFileException) {
            return "does not exist";
        }
        return failure instanceof CharacterCodingException ? "is not UTF-8 text" : "cannot be read: " + of(failure);
    }

    /** Only the reason: {@code permission denied}, {@code no space left on device}. */
    public static String of(IOException failure) {
        if (failure instanceof NoSuchFileException) {
            return "no such file or folder";
        }
        if (failure instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (failure instanceof NotDirectoryException || failure instanceof FileAlreadyExistsException) {
            return "not a folder";
        }
        String reason = failure instanceof FileSystemException system ? system.getReason() : failure.getMessage();
        String words = Objects.requireNonNullElse(reason, failure.getClass().getSimpleName());
        return words.length() > 1 && Character.isLowerCase(words.charAt(1))
                ? words.substring(0, 1).toLowerCase(Locale.ROOT) + words.substring(1)
                : words;
    }
}
