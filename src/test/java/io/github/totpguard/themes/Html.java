package io.github.totpguard.themes;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The elements of a page, parsed more strictly than a browser does: every attribute value is quoted, every element is
 * closed by its own end tag, and malformed tags are refused.
 */
final class Html {
    private static final Set<String> VOID = Set.of("br", "hr", "img", "input", "link", "meta");
    private static final String ATTRIBUTE = "([a-zA-Z][-a-zA-Z0-9:]*)(?:=\"([^\"<]*)\")?";
    private static final Pattern ATTRIBUTES = Pattern.compile("\\s+" + ATTRIBUTE);
    private static final Pattern TAG = Pattern.compile(
            "<(/?)([a-zA-Z][a-zA-Z0-9]*)((?:\\s+" + ATTRIBUTE + ")*)\\s*(/?)>", Pattern.CASE_INSENSITIVE);
    private static final Pattern BEGINNING_OF_TAG = Pattern.compile("</?[a-zA-Z]");

    private final String source;
    private final List<Element> elements;

    private Html(String source, List<Element> elements) {
        this.source = source;
        this.elements = elements;
    }

    static Html parse(String source) {
        List<Element> elements = new ArrayList<>();
        Deque<Element> open = new ArrayDeque<>();
        Matcher tag = TAG.matcher(source);
        int tags = 0;
        while (tag.find()) {
            tags++;
            String name = tag.group(2);
            if (!tag.group(1).isEmpty()) {
                if (open.isEmpty() || !open.peek().name().equals(name)) {
                    throw new AssertionError("</" + name + "> does not close " + open.peek());
                }
                Element element = open.pop();
                element.inner().append(source, element.end(), tag.start());
                continue;
            }
            Element element = new Element(
                    name, attributes(tag.group(3)), Optional.ofNullable(open.peek()), tag.end(), new StringBuilder());
            elements.add(element);
            if (!VOID.contains(name) && tag.group(6).isEmpty()) {
                open.push(element);
            }
        }
        if (!open.isEmpty()) {
            throw new AssertionError("not closed: " + open);
        }
        if (BEGINNING_OF_TAG.matcher(source).results().count() != tags) {
            throw new AssertionError("some tag is malformed in " + source);
        }
        return new Html(source, elements);
    }

    private static Map<String, String> attributes(String source) {
        Map<String, String> attributes = new LinkedHashMap<>();
        Matcher matcher = ATTRIBUTES.matcher(source);
        while (matcher.find()) {
            String value = matcher.group(2) == null ? "" : matcher.group(2);
            if (attributes.put(matcher.group(1), value) != null) {
                throw new AssertionError("attribute " + matcher.group(1) + " twice in " + source);
            }
        }
        return attributes;
    }

    String source() {
        return source;
    }

    List<Element> elements() {
        return elements;
    }

    List<Element> elements(String name) {
        return elements.stream().filter(element -> element.name().equals(name)).toList();
    }

    Optional<Element> byId(String id) {
        return elements.stream()
                .filter(element -> element.attribute("id").equals(Optional.of(id)))
                .findFirst();
    }

    Element get(String id) {
        return byId(id).orElseThrow(() -> new AssertionError("no #" + id + " in " + source));
    }

    record Element(
            String name, Map<String, String> attributes, Optional<Element> parent, int end, StringBuilder inner) {
        Optional<String> attribute(String attribute) {
            return Optional.ofNullable(attributes.get(attribute));
        }

        boolean has(String attribute) {
            return attributes.containsKey(attribute);
        }

        /** The text between its tags, with single spaces; character references stay as they are. */
        String text() {
            return inner.toString()
                    .replaceAll("<[^>]*>", "")
                    .replaceAll("\\s+", " ")
                    .strip();
        }

        boolean isAnnounced() {
            return has("aria-live")
                    || attribute("role")
                            .filter(role -> role.equals("alert") || role.equals("status"))
                            .isPresent()
                    || parent.filter(Element::isAnnounced).isPresent();
        }

        @Override
        public String toString() {
            return "<" + name + " " + attributes + ">";
        }
    }
}
