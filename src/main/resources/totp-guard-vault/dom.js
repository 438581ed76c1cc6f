// Creates elements. Everything from the server is set as text, never as markup.

const SVG = "http://www.w3.org/2000/svg";

export const byId = (id) => document.getElementById(id);

export function element(name, attributes = {}, ...children) {
    return build(document.createElement(name), attributes, children);
}

export function drawing(name, attributes = {}, ...children) {
    return build(document.createElementNS(SVG, name), attributes, children);
}

function build(made, attributes, children) {
    for (const [name, value] of Object.entries(attributes)) {
        if (value === true) {
            made.setAttribute(name, "");
        } else if (value !== false && value !== null && value !== undefined) {
            made.setAttribute(name, value);
        }
    }
    made.append(...children.filter((child) => child !== null && child !== undefined));
    return made;
}

/** Opens a dialog of the page. Escape and its own button close every dialog. */
export function open(dialog) {
    dialog.querySelectorAll(".error").forEach((error) => (error.textContent = ""));
    dialog.showModal();
}

document.querySelectorAll("dialog [data-close]").forEach((button) => button.addEventListener("click", () => button.closest("dialog").close()));
