package io.github.totpguard.core.qr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.StringReader;
import java.util.BitSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class SvgDrawingTest {

    private static final QrCode CODE = QrCode.of("otpauth://totp/a?secret=JBSWY3DPEHPK3PXP");
    private static final Pattern RUN = Pattern.compile("M(\\d+) (\\d+)h(\\d+)v1h-(\\d+)z");

    @Property(tries = 40, seed = "18004")
    @net.jqwik.api.Tag("S31")
    @net.jqwik.api.Tag("W4")
    @Label("the path, filled again, is the code and is read")
    void readsBack(@ForAll("uris") String text) throws Exception {
        QrCode code = QrCode.of(text);
        Element svg = parsed(code.toSvg("totp-guard-qr", "QR code"));
        BitSet picture = filled(svg, QrReading.sideOf(code));

        assertThat(picture).isEqualTo(QrReading.pictureOf(code));
        assertThat(QrReading.read(picture, QrReading.sideOf(code)).getText()).isEqualTo(text);
    }

    @Provide
    Arbitrary<String> uris() {
        return OtpAuthTexts.any();
    }

    @Test
    @Tag("W4")
    @DisplayName("the SVG is one labelled picture: title, white ground, one path, a quiet zone of four modules")
    void structure() throws Exception {
        Element svg = parsed(CODE.toSvg("totp-guard-qr", "QR code"));
        int side = CODE.size() + 8;

        assertThat(svg.getTagName()).isEqualTo("svg");
        assertThat(svg.getNamespaceURI()).isEqualTo("http://www.w3.org/2000/svg");
        assertThat(svg.getAttribute("id")).isEqualTo("totp-guard-qr");
        assertThat(svg.getAttribute("role")).isEqualTo("img");
        assertThat(svg.getAttribute("viewBox")).isEqualTo("0 0 " + side + " " + side);
        assertThat(svg.getAttribute("width")).isEqualTo("" + 4 * side).isEqualTo(svg.getAttribute("height"));
        assertThat(svg.getChildNodes().getLength()).isEqualTo(3);
        Element title = (Element) svg.getChildNodes().item(0);
        assertThat(title.getTagName()).isEqualTo("title");
        assertThat(title.getTextContent()).isEqualTo("QR code");
        assertThat(title.getAttribute("id")).isNotEmpty().isEqualTo(svg.getAttribute("aria-labelledby"));
        Element ground = (Element) svg.getChildNodes().item(1);
        assertThat(ground.getTagName()).isEqualTo("rect");
        assertThat(ground.getAttribute("fill")).isEqualTo("#fff");
        assertThat(ground.getAttribute("width")).isEqualTo("" + side).isEqualTo(ground.getAttribute("height"));
        assertThat(svg.getChildNodes().item(2).getNodeName()).isEqualTo("path");
    }

    @Test
    @Tag("S31")
    @DisplayName("a content security policy blocks nothing: there is no style, no script and nothing to load")
    void inert() {
        assertThat(CODE.toSvg("q", "t")).doesNotContain("style", "script", "href", "url(", "class", " on");
    }

    @Test
    @DisplayName("the path has one rectangle for each run of dark modules")
    void merged() throws Exception {
        BitSet picture = QrReading.pictureOf(CODE);
        long runs = picture.stream().filter(i -> !picture.get(i - 1)).count();

        assertThat(RUN.matcher(pathOf(parsed(CODE.toSvg("q", "t")))).results()).hasSize((int) runs);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"><svg onload=alert(1)>",
                "</title><script>alert(1)</script>",
                "' onload='alert(1)",
                "&lt; &amp; & %",
                "\u202bعربي\u202c",
                "\ud83d\ude00"
            })
    @Tag("S31")
    @DisplayName("a title is escaped, whatever it contains")
    void escapedTitle(String title) throws Exception {
        Element svg = parsed(CODE.toSvg("q", title));

        assertThat(svg.getFirstChild().getTextContent()).isEqualTo(title);
        assertThat(svg.getElementsByTagName("*").getLength()).isEqualTo(3);
        assertThat(svg.getAttributes().getLength()).isEqualTo(7);
    }

    @Test
    @Tag("S31")
    @DisplayName("an id is escaped, whatever it contains except white space")
    void escapedId() throws Exception {
        String id = "\"><svg/onload='alert(1)'>&amp;";
        Element svg = parsed(CODE.toSvg(id, "t"));

        assertThat(svg.getAttribute("id")).isEqualTo(id);
        assertThat(svg.getAttribute("aria-labelledby")).isEqualTo(id + "-title");
        assertThat(svg.getAttributes().getLength()).isEqualTo(7);
    }

    @Test
    @Tag("S31")
    @DisplayName("characters that XML does not allow are replaced in a title")
    void notXml() throws Exception {
        String svg = CODE.toSvg("q", "a\u0000b\u001bc\ud83dd\uffffe\tf");
        assertThat(parsed(svg).getFirstChild().getTextContent()).isEqualTo("a\ufffdb\ufffdc\ufffdd\ufffde\tf");
    }

    @Test
    @Tag("S31")
    @DisplayName("the first and the last characters that XML allows stay in a title, and their neighbours do not")
    void edgesOfXml() throws Exception {
        String kept = "\u0020\ud7ff\ue000\ufffd\ud800\udc00\udbff\udfff";
        assertThat(parsed(CODE.toSvg("q", "a" + kept + "b")).getFirstChild().getTextContent())
                .isEqualTo("a" + kept + "b");
        assertThat(parsed(CODE.toSvg("q", "\u001f\ufffe")).getFirstChild().getTextContent())
                .isEqualTo("\ufffd\ufffd");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a\n"})
    @Tag("W4")
    @DisplayName("an id with white space is refused, because it would label nothing")
    void refusedId(String id) {
        assertThatIllegalArgumentException().isThrownBy(() -> CODE.toSvg(id, "t"));
    }

    private static BitSet filled(Element svg, int side) {
        String path = pathOf(svg);
        assertThat(path).matches("(" + RUN.pattern() + ")++");
        BitSet picture = new BitSet(side * side);
        RUN.matcher(path).results().forEach(run -> {
            assertThat(run.group(3)).isEqualTo(run.group(4));
            int start = number(run, 2) * side + number(run, 1);
            picture.set(start, start + number(run, 3));
        });
        return picture;
    }

    private static int number(MatchResult run, int group) {
        return Integer.parseInt(run.group(group));
    }

    private static String pathOf(Element svg) {
        return ((Element) svg.getElementsByTagName("path").item(0)).getAttribute("d");
    }

    private static Element parsed(String svg) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        return factory.newDocumentBuilder()
                .parse(new InputSource(new StringReader(svg)))
                .getDocumentElement();
    }
}
