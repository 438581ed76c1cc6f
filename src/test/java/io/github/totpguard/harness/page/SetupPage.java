package io.github.totpguard.harness.page;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.ChecksumException;
import com.google.zxing.DecodeHintType;
import com.google.zxing.FormatException;
import com.google.zxing.NotFoundException;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;
import javax.imageio.ImageIO;

/** The page that shows a new secret and asks for its first code. */
public final class SetupPage {

    private final Page page;

    public SetupPage(Page page) {
        this.page = page;
    }

    /** Waits until the page is shown. */
    public SetupPage await() {
        page.locator("#totp-guard-qr").waitFor();
        return this;
    }

    /**
     * The URI that a phone's camera would read from the screen. Several angles are tried, because a phone is never held
     * completely still: if the decoder takes another pattern for a finder pattern at one angle, it does not at another.
     */
    public String uriFromScreenshot() {
        await();
        BufferedImage code = picture(qr().screenshot());
        return DoubleStream.of(0, 7, -7, 15, -15, 30, 45, -30)
                .mapToObj(degrees -> tilted(code, degrees))
                .map(SetupPage::read)
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow(() -> new AssertionError("a camera would not read the QR code on this page"));
    }

    /** The URI that the link for the same phone opens. */
    public String uriFromLink() {
        return page.locator("#totp-guard-uri").getAttribute("href");
    }

    /** Whether key and parameters are shown. With the script they are folded behind "Can't scan the code?". */
    public boolean isManualOpen() {
        return page.locator("#totp-guard-manual").getAttribute("open") != null;
    }

    /** Shows key and parameters. */
    public SetupPage openManual() {
        if (!isManualOpen()) {
            page.locator("#totp-guard-manual > summary").click();
        }
        return this;
    }

    /** The key as it is shown, in groups. */
    public String key() {
        openManual();
        return page.locator("#totp-guard-key").innerText();
    }

    public void enter(String code, String label) {
        label().fill(label);
        enter(code);
    }

    /**
     * Types the code and keeps the suggested label. The digits come one by one: the page sends a code that comes in one
     * piece, so it could do that before the button is pressed.
     */
    public void enter(String code) {
        code().clear();
        code().pressSequentially(code);
        submit().click();
    }

    /** Available only if the application requested the action. */
    public void cancel() {
        page.locator("[name=cancel-aia]").click();
    }

    /** Available only if the new device replaces another one. */
    public void cancelReplacement() {
        page.locator("[name=cancelReplacement]").click();
    }

    /** The devices that the new one replaces; empty if it is an additional one. */
    public List<String> replaced() {
        return page.locator("#totp-guard-replaces li").allInnerTexts();
    }

    /**
     * Pastes a code from the clipboard. The browser needs the permissions to read and write the clipboard.
     */
    public void paste(String code) {
        page.evaluate("code => navigator.clipboard.writeText(code)", code);
        code().focus();
        page.keyboard().press("ControlOrMeta+v");
    }

    /** The button that stops the page from sending a pasted code. Shown only until the code is sent. */
    public Locator waitButton() {
        return page.locator("#totp-guard-wait");
    }

    public Locator submit() {
        return page.locator("#totp-guard-submit");
    }

    /** The button that opens an app on the same phone. Shown only on a narrow page. */
    public Locator openInApp() {
        return page.locator("#totp-guard-uri");
    }

    public Locator code() {
        return page.locator("input[name=code]");
    }

    public Locator label() {
        return page.locator("input[name=label]");
    }

    /** The value shown beside a name, such as {@code algorithm}; empty if it is not shown. */
    public String detail(String name) {
        Locator detail = page.locator("#totp-guard-" + name);
        openManual();
        return detail.count() == 0 ? "" : detail.innerText();
    }

    /** The warning about apps that ignore the parameters. */
    public Locator parametersWarning() {
        return page.locator("#totp-guard-parameters-warning");
    }

    /** Presses the button, waits for the result and returns it. */
    public String copyKey() {
        openManual();
        page.locator("#totp-guard-copy").click();
        Locator result = page.locator("#totp-guard-copy-result:not(:empty)");
        result.waitFor();
        return result.innerText();
    }

    /**
     * The text that a screen reader reads with the refused code: hint and error, which {@code aria-describedby} refers
     * to.
     *
     * @throws AssertionError if no live region announces the error
     */
    public String codeError() {
        Locator refused = page.locator("input[name=code][aria-invalid=true]");
        refused.waitFor();
        Locator error = page.locator("#input-error-code");
        if (!Boolean.TRUE.equals(
                error.evaluate("e => e.closest('[aria-live], [role=alert], [role=status]') !== null"))) {
            throw new AssertionError("the error is in no live region");
        }
        String ids = refused.getAttribute("aria-describedby");
        return String.join(
                " ", page.locator("#" + ids.strip().replaceAll("\\s+", ", #")).allInnerTexts());
    }

    public Locator qr() {
        return page.locator("svg#totp-guard-qr");
    }

    private static Optional<String> read(BufferedImage picture) {
        int width = picture.getWidth();
        int height = picture.getHeight();
        int[] pixels = picture.getRGB(0, 0, width, height, null, 0, width);
        BinaryBitmap bitmap = new BinaryBitmap(new HybridBinarizer(new RGBLuminanceSource(width, height, pixels)));
        try {
            return Optional.of(new QRCodeReader()
                    .decode(bitmap, Map.of(DecodeHintType.TRY_HARDER, true))
                    .getText());
        } catch (NotFoundException | ChecksumException | FormatException e) {
            return Optional.empty();
        }
    }

    private static BufferedImage tilted(BufferedImage picture, double degrees) {
        int side = 3 * Math.max(picture.getWidth(), picture.getHeight()) / 2;
        BufferedImage tilted = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = tilted.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, side, side);
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        graphics.rotate(Math.toRadians(degrees), side / 2.0, side / 2.0);
        graphics.drawImage(picture, (side - picture.getWidth()) / 2, (side - picture.getHeight()) / 2, null);
        graphics.dispose();
        return tilted;
    }

    private static BufferedImage picture(byte[] png) {
        try {
            return ImageIO.read(new ByteArrayInputStream(png));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
