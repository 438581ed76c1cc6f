package io.github.totpguard.it.entrances;

import java.util.List;
import java.util.stream.IntStream;

/** A server's answer in one step of a conversation, in lines, without the parts that differ from run to run. */
record NormalAnswer(String step, List<String> lines) {

    private static final int MAX_LINE_LENGTH = 240;
    private static final int MAX_LINES = 5;

    /** The texts from the first line that differs. Secrets are already masked; long lines are cut. */
    String differenceTo(String name, NormalAnswer other, String nameOfOther) {
        int first = firstDifference(other);
        return "step \"" + step + "\", line " + (first + 1)
                + "\n  " + name + ":" + from(first)
                + "\n  " + nameOfOther + (step.equals(other.step) ? "" : " (step \"" + other.step + "\")") + ":"
                + other.from(first);
    }

    private int firstDifference(NormalAnswer other) {
        int common = Math.min(lines.size(), other.lines.size());
        return IntStream.range(0, common)
                .filter(i -> !lines.get(i).equals(other.lines.get(i)))
                .findFirst()
                .orElse(common);
    }

    private String from(int first) {
        StringBuilder text = new StringBuilder();
        for (int i = first; i < Math.min(first + MAX_LINES, lines.size()); i++) {
            String line = lines.get(i);
            text.append("\n    ").append(line, 0, Math.min(MAX_LINE_LENGTH, line.length()));
        }
        return text.isEmpty() ? "\n    (no such line)" : text.toString();
    }
}
