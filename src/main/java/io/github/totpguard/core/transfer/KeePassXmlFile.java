package io.github.totpguard.core.transfer;

import io.github.totpguard.core.transfer.UnreadableImportException.Reason;
import java.io.StringReader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * The XML export of KeePass 2 and KeePassXC. It is read as a stream: of an entry, only the strings that {@link
 * KeePassEntry} knows are kept. Earlier versions of an entry ({@code History}), attachments and icons are skipped.
 *
 * @see <a href="https://keepass.info/help/kb/kdbx.html">KDBX 4.1</a>, whose inner XML this is
 */
final class KeePassXmlFile {

    private static final String ROOT = "<KeePassFile";
    private static final int HEAD = 1 << 12;
    private static final int MAX_DEPTH = 64;
    private static final int MAX_ELEMENTS = 2_000_000;

    private final XMLStreamReader xml;
    private final BoundedItems accounts = new BoundedItems();
    private final StringBuilder text = new StringBuilder();
    private Map<String, String> strings = new HashMap<>();
    private String key = "";
    private String value = "";
    private boolean sealed;
    private int depth;
    private int elements;
    private int history;

    private KeePassXmlFile(XMLStreamReader xml) {
        this.xml = xml;
    }

    static boolean recognises(String text) {
        String head = text.substring(0, Math.min(text.length(), HEAD)).stripLeading();
        return head.startsWith("<") && head.contains(ROOT);
    }

    static List<ImportItem> items(String text) throws UnreadableImportException {
        try {
            XMLStreamReader reader = factory().createXMLStreamReader(new StringReader(text.stripLeading()));
            try {
                return new KeePassXmlFile(reader).read();
            } finally {
                reader.close();
            }
        } catch (XMLStreamException e) {
            // The exception is dropped, because its message quotes the text.
            throw JsonExportFile.damaged("it is no proper XML");
        }
    }

    /** The JDK's own parser: another one on the class path would have different properties. */
    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, false);
        return factory;
    }

    private List<ImportItem> read() throws XMLStreamException, UnreadableImportException {
        while (xml.hasNext()) {
            switch (xml.next()) {
                case XMLStreamConstants.START_ELEMENT -> begin(xml.getLocalName());
                case XMLStreamConstants.END_ELEMENT -> end(xml.getLocalName());
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> keep();
                // No program writes these. They are used for XML attacks, so the file is refused.
                case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
                    throw JsonExportFile.damaged("it declares or uses entities");
                default -> {
                    // Comments and processing instructions are ignored.
                }
            }
        }
        return accounts.list();
    }

    private void begin(String name) throws UnreadableImportException {
        depth++;
        if (depth > MAX_DEPTH) {
            throw new UnreadableImportException(
                    Reason.TOO_DEEP, "The file is nested deeper than " + MAX_DEPTH + " levels.");
        }
        if (++elements > MAX_ELEMENTS) {
            throw new UnreadableImportException(Reason.TOO_LARGE, "The file has more than " + MAX_ELEMENTS + " parts.");
        }
        text.setLength(0);
        switch (name) {
            case "History" -> history++;
            case "Entry" -> {
                if (history == 0) {
                    strings = new HashMap<>();
                }
            }
            case "String" -> {
                key = "";
                value = "";
                sealed = false;
            }
            case "Value" -> sealed = "true".equalsIgnoreCase(xml.getAttributeValue(null, "Protected"));
            default -> {
                // The start of other elements is ignored; their end is handled in end().
            }
        }
    }

    private void end(String name) throws UnreadableImportException {
        depth--;
        switch (name) {
            case "History" -> history--;
            case "Key" -> key = text.toString();
            case "Value" -> value = text.toString();
            case "String" -> endString();
            case "Entry" -> {
                if (history == 0) {
                    for (ImportItem item : new KeePassEntry(strings).items()) {
                        accounts.add(item);
                    }
                }
            }
            default -> {
                // Other elements contain no codes.
            }
        }
        text.setLength(0);
    }

    private void endString() throws UnreadableImportException {
        if (history > 0 || !KeePassEntry.knows(key)) {
            return;
        }
        if (sealed) {
            throw new UnreadableImportException(
                    Reason.UNSUPPORTED_ENCRYPTION,
                    "The values in the file are encrypted. Export as XML from KeePass or KeePassXC itself.");
        }
        strings.put(key, value);
    }

    /** Keeps one character more than the limit, so that the later check sees that the value is too long. */
    private void keep() {
        int room = CsvText.MAX_CELL + 1 - text.length();
        if (history == 0 && room > 0) {
            text.append(xml.getTextCharacters(), xml.getTextStart(), Math.min(room, xml.getTextLength()));
        }
    }
}
