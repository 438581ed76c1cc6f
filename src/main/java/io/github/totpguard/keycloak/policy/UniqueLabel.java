package io.github.totpguard.keycloak.policy;

import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A credential's label that none of the user's other credentials has, of whatever type: Keycloak refuses the same label twice,
 * and its store for users of other systems does not tell types apart.
 */
public final class UniqueLabel {
    private final Set<String> taken;
    private final int maxLength;
    private final IntFunction<String> suffix;

    /**
     * @param taken the user's other labels
     * @param maxLength of the label, in UTF-16 units
     * @param suffix of the second, third, ... label of the same name
     */
    public UniqueLabel(Collection<String> taken, int maxLength, IntFunction<String> suffix) {
        this.taken = taken.stream().map(UniqueLabel::comparable).collect(Collectors.toSet());
        this.maxLength = maxLength;
        this.suffix = suffix;
    }

    /** The name, cut to what fits, with a number at the end where it is taken. */
    public String of(String name) {
        return IntStream.iterate(1, number -> number + 1)
                .mapToObj(number -> number == 1 ? fit(name, "") : fit(name, suffix.apply(number)))
                .filter(label -> !taken.contains(comparable(label)))
                .findFirst()
                .orElseThrow();
    }

    /** Labels that differ in case or in blanks at the ends are the same to a user. */
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
