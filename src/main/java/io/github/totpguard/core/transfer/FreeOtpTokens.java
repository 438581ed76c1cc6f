package io.github.totpguard.core.transfer;

import io.github.totpguard.core.transfer.UnreadableImportException.Reason;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * The tokens of FreeOTP 1 ({@code tokens.xml}, from a backup of the phone): Android's shared preferences with one JSON
 * text for each token, its secret in plain text, as <a
 * href="https://github.com/freeotp/freeotp-android/blob/v1.5/app/src/main/java/org/fedorahosted/freeotp/TokenPersistence.java">
 * TokenPersistence.java</a> writes them (version 1.5).
 */
final class FreeOtpTokens {

    private static final String ORDER = "tokenOrder";
    private static final int MAX_SECRET = 1024;

    private final String text;

    FreeOtpTokens(String text) {
        this.text = text;
    }

    static boolean recognises(String text) {
        String start = text.stripLeading();
        return start.startsWith("<?xml") && start.contains("<map>") && start.contains("\"" + ORDER + "\"");
    }

    List<ImportItem> items() throws UnreadableImportException {
        try {
            return items(reader());
        } catch (XMLStreamException e) {
            // The exception is dropped, because its message quotes the text.
            throw JsonExportFile.damaged("it is no proper XML");
        }
    }

    private XMLStreamReader reader() throws XMLStreamException {
        XMLInputFactory factory = XMLInputFactory.newFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        return factory.createXMLStreamReader(new StringReader(text.strip()));
    }

    private static List<ImportItem> items(XMLStreamReader xml) throws XMLStreamException, UnreadableImportException {
        List<ImportItem> items = new ArrayList<>();
        while (xml.hasNext()) {
            if (xml.next() == XMLStreamConstants.START_ELEMENT
                    && xml.getLocalName().equals("string")
                    && !ORDER.equals(xml.getAttributeValue(null, "name"))) {
                if (items.size() == Import.MAX_ITEMS) {
                    throw new UnreadableImportException(
                            Reason.TOO_MANY_ITEMS, "There are more than " + Import.MAX_ITEMS + " accounts.");
                }
                items.add(item(xml.getElementText()));
            }
        }
        return items;
    }

    private static ImportItem item(String json) {
        try {
            JsonFields token = new JsonFields(JsonFile.parse(json));
            return new FreeOtpToken(token).item(Encoded.signedBytes(token.node().path("secret"), MAX_SECRET));
        } catch (UnreadableImportException e) {
            return new ImportItem.Refused("", ImportItem.Reason.DAMAGED, "A token of the file is damaged.");
        }
    }
}
