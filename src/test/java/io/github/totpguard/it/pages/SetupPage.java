package io.github.totpguard.it.pages;

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
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import javax.imageio.ImageIO;

/** The page that shows a new secret and asks for its first code. */
public final class SetupPage {

    private final Page page;

    public SetupPage(Page page) {
        this.page = page;
    }

    /** Waits until the page is there. */
    public SetupPage await() {
        page.locator("#totp-guard-qr").waitFor();
        return this;
    }

    /** What a phone's camera would read from the screen. */
    public String uriFromScreenshot() {
        await();
        BufferedImage picture = picture(page.screenshot(new Page.ScreenshotOptions().setFullPage(true)));
        int width = picture.getWidth();
        int height = picture.getHeight();
        int[] pixels = picture.getRGB(0, 0, width, height, null, 0, width);
        BinaryBitmap bitmap = new BinaryBitmap(new HybridBinarizer(new RGBLuminanceSource(width, height, pixels)));
        try {
            return new QRCodeReader()
                    .decode(bitmap, Map.of(DecodeHintType.TRY_HARDER, true))
                    .getText();
        } catch (NotFoundException | ChecksumException | FormatException e) {
            throw new AssertionError("a camera would not read the QR code on this page", e);
        }
    }

    /** The address that the link for the same phone opens. */
    public String uriFromLink() {
        return page.locator("#totp-guard-uri").getAttribute("href");
    }

    /** The key as it is shown, in groups. */
    public String key() {
        return page.locator("#totp-guard-key").innerText();
    }

    public void enter(String code, String label) {
        label().fill(label);
        enter(code);
    }

    /** Leaves the label as it is. */
    public void enter(String code) {
        code().fill(code);
        form().locator("[type=submit]:not([name=cancel-aia])").first().click();
    }

    /** Possible only when the application asked for the action. */
    public void cancel() {
        page.locator("[name=cancel-aia]").click();
    }

    public Locator code() {
        return page.locator("input[name=code]");
    }

    public Locator label() {
        return page.locator("input[name=label]");
    }

    public Locator qr() {
        return page.locator("svg#totp-guard-qr");
    }

    private Locator form() {
        return page.locator("form", new Page.LocatorOptions().setHas(code()));
    }

    private static BufferedImage picture(byte[] png) {
        try {
            return ImageIO.read(new ByteArrayInputStream(png));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
