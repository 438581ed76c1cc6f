package io.github.totpguard.harness.page;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import com.microsoft.playwright.options.WaitForSelectorState;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** The vault's page for a user who has signed in. */
public final class VaultPage {

    private final Page page;

    public VaultPage(Page page) {
        this.page = page;
    }

    /** Waits until the list is shown, even if it is empty. */
    public VaultPage await() {
        page.locator("#search").waitFor();
        return this;
    }

    public void addByUri(String uri) {
        openAdding();
        page.fill("#uri", uri);
        page.keyboard().press("Enter");
        awaitAdded();
    }

    public void openAdding() {
        page.click("#add");
        page.locator("#adding[open]").waitFor();
    }

    public void awaitAdded() {
        page.locator("#adding[open]").waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.HIDDEN));
    }

    public void choose(String name, String type, byte[] content) {
        page.setInputFiles("#picture", new FilePayload(name, type, content));
    }

    /** Dispatches the event that browsers send when a file is pasted or dropped. */
    public void give(String event, String name, String type, byte[] content) {
        page.evaluate(
                """
                ({ event, name, type, content }) => {
                    const bytes = Uint8Array.from(atob(content), (character) => character.charCodeAt(0));
                    const data = new DataTransfer();
                    data.items.add(new File([bytes], name, { type }));
                    document.body.dispatchEvent(
                        event === "paste"
                            ? new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true })
                            : new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
                }
                """,
                Map.of(
                        "event", event,
                        "name", name,
                        "type", type,
                        "content", Base64.getEncoder().encodeToString(content)));
    }

    /**
     * Drops a file of zeros. The file is made in the browser, because sending it there takes longer than the rest of
     * the test.
     */
    public void dropNothing(int bytes) {
        page.evaluate(
                """
                bytes => {
                    const data = new DataTransfer();
                    data.items.add(new File([new Uint8Array(bytes)], "large.png", { type: "image/png" }));
                    document.body.dispatchEvent(
                        new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
                }
                """,
                bytes);
    }

    /** Puts a picture on the clipboard, as another program does. */
    public void copyPicture(byte[] png) {
        page.evaluate(
                """
                content => {
                    const bytes = Uint8Array.from(atob(content), (character) => character.charCodeAt(0));
                    return navigator.clipboard.write([
                        new ClipboardItem({ "image/png": new Blob([bytes], { type: "image/png" }) })]);
                }
                """,
                Base64.getEncoder().encodeToString(png));
    }

    public Locator row(String name) {
        return page.locator("#accounts > li", new Page.LocatorOptions().setHasText(name));
    }

    /** The names of the services, in the order of the list. */
    public List<String> services() {
        return page.locator("#accounts strong").allInnerTexts();
    }

    /** The code of a row without its spaces; waits until it is shown. */
    public String code(String name) {
        Locator code = row(name).locator(".code:not([aria-disabled=true])");
        code.waitFor();
        return code.innerText().replace(" ", "");
    }

    /** Waits until a row shows this code. */
    public void awaitCode(String name, String code) {
        String grouped = code.substring(0, 3) + " " + code.substring(3);
        row(name)
                .locator(".code", new Locator.LocatorOptions().setHasText(grouped))
                .waitFor();
    }

    /** What a row shows in the place of its code, without waiting for it. */
    public String shownFor(String name) {
        return row(name).locator(".code").innerText().replace(" ", "");
    }

    public Locator hideCodes() {
        return page.locator("#hide-codes");
    }

    /** The button that shows a hidden code for a while. */
    public Locator eye(String name) {
        return row(name).locator(".eye");
    }

    /** What became of copying, as it is shown beside the code. */
    public Locator saidAt(String name) {
        return row(name).locator(".said:not(:empty)");
    }

    /** @param order {@code name}, {@code recent} or {@code often} */
    public void sortBy(String order) {
        page.selectOption("#sort", order);
    }

    /** The actions in the menu of a row. */
    public List<String> actions(String name) {
        return row(name).locator(".menu button").allTextContents();
    }

    /** Presses an action in the menu of a row. */
    public void more(String name, String action) {
        row(name).locator(".more > summary").click();
        row(name)
                .locator(".menu button", new Locator.LocatorOptions().setHasText(action))
                .click();
    }

    /** The error in the dialog for adding an account. */
    public String refusal() {
        Locator error = page.locator("#adding-error:not(:empty)");
        error.waitFor();
        return error.innerText();
    }

    public void forgetRefusal() {
        page.evaluate("document.getElementById('adding-error').textContent = ''");
    }

    /** Waits until the page announces this text to screen readers. */
    public void awaitSaid(String words) {
        page.waitForFunction("words => document.getElementById('spoken').textContent.includes(words)", words);
    }

    public Locator notice() {
        return page.locator("#notices .notice").last();
    }
}
