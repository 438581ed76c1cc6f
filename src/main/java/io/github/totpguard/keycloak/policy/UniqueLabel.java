package io.github.totpguard.keycloak.policy;

import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.keycloak.credential.CredentialModel;
import org.keycloak.models.SubjectCredentialManager;

/**
 * Makes a label for a credential that differs from the labels of all other credentials of the user, of every type.
 * Keycloak refuses duplicate labels, and its store for users of other systems does not distinguish types.
 */
public final class UniqueLabel {
    private final Set<String> taken;
    private final int maxLength;
    private final IntFunction<String> suffix;

    /**
     * @param taken the user's other labels, each in its {@link #comparable} form; not copied
     * @param maxLength the maximum length of the label, in UTF-16 units
     * @param suffix the suffix of the second, third, ... label of the same name
     */
    public UniqueLabel(Set<String> taken, int maxLength, IntFunction<String> suffix) {
        this.taken = taken;
        this.maxLength = maxLength;
        this.suffix = suffix;
    }

    /** The name, truncated to the maximum length. If it is taken, it ends with a number. */
    public String of(String name) {
        return IntStream.iterate(1, number -> number + 1)
                .mapToObj(number -> number == 1 ? fit(name, "") : fit(name, suffix.apply(number)))
                .filter(label -> !taken.contains(comparable(label)))
                .findFirst()
                .orElseThrow();
    }

    /** The labels of all of a user's credentials, in the form for comparisons. */
    public static Set<String> allOf(SubjectCredentialManager credentials) {
        return credentials
                .getStoredCredentialsStream()
                .map(CredentialModel::getUserLabel)
                .filter(Objects::nonNull)
                .map(UniqueLabel::comparable)
                .collect(Collectors.toSet());
    }

    /** The form for comparisons: to users, labels that differ only in case or in blanks at the ends are the same. */
    public static String comparable(String label) {
        return label.strip().toLowerCase(Locale.ROOT);
    }

    private String fit(String name, String end) {
        int room = Math.min(name.length(), maxLength - end.length());
        // Do not split a surrogate pair.
        boolean inPair = room < name.length() && Character.isHighSurrogate(name.charAt(room - 1));
        return name.substring(0, inPair ? room - 1 : room) + end;
    }
}
