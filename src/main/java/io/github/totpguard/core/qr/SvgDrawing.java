package io.github.totpguard.core.qr;

/** A QR code as an SVG 1.1 element for an HTML page. */
final class SvgDrawing {

    /** An integer, so that all modules are equally wide on the screen. Otherwise dense codes are hard to read. */
    private static final int PIXELS_PER_MODULE = 4;

    private final QrCode code;

    SvgDrawing(QrCode code) {
        this.code = code;
    }

    String draw(String id, String title) {
        // aria-labelledby is a list of ids separated by white space.
        if (id.isEmpty() || id.chars().anyMatch(Character::isWhitespace)) {
            throw new IllegalArgumentException("An id has at least one character and no white space");
        }
        int side = code.size() + 2 * QrCode.QUIET_ZONE;
        String safeId = escape(id);
        return "<svg id=\"" + safeId + "\" xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + side + " " + side
                + "\" width=\"" + side * PIXELS_PER_MODULE + "\" height=\"" + side * PIXELS_PER_MODULE
                + "\" role=\"img\" aria-labelledby=\"" + safeId + "-title\"><title id=\"" + safeId + "-title\">"
                + escape(title) + "</title><rect width=\"" + side + "\" height=\"" + side
                + "\" fill=\"#fff\"/><path d=\"" + path() + "\" fill=\"#000\" shape-rendering=\"crispEdges\"/></svg>";
    }

    /** One rectangle for each run of dark modules in a row. */
    private String path() {
        StringBuilder path = new StringBuilder();
        for (int y = 0; y < code.size(); y++) {
            int x = 0;
            while (x < code.size()) {
                int start = x;
                while (x < code.size() && code.isDark(x, y)) {
                    x++;
                }
                if (x > start) {
                    appendRun(path, start, y, x - start);
                } else {
                    x++;
                }
            }
        }
        return path.toString();
    }

    private static void appendRun(StringBuilder path, int x, int y, int length) {
        path.append('M').append(x + QrCode.QUIET_ZONE).append(' ').append(y + QrCode.QUIET_ZONE);
        path.append('h').append(length).append("v1h-").append(length).append('z');
    }

    /** Escapes a text for HTML and XML, both between tags and in quotes. */
    private static String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        text.codePoints().map(SvgDrawing::xmlCharacter).forEach(c -> {
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.appendCodePoint(c);
            }
        });
        return escaped.toString();
    }

    /** Replaces characters that XML 1.0 section 2.2 does not allow with the replacement character. */
    private static int xmlCharacter(int c) {
        boolean allowed = c == '\t'
                || c == '\n'
                || c == '\r'
                || c >= 0x20 && c <= 0xd7ff
                || c >= 0xe000 && c <= 0xfffd
                || c >= 0x10000;
        return allowed ? c : 0xfffd;
    }
}
