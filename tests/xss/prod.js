/* Touches everything in a page, as a visitor might who stays on it. */
async () => {
    const events = ["pointerover", "pointerenter", "mouseover", "mouseenter", "mousemove", "focus", "focusin", "pointerdown",
        "mousedown", "mouseup", "keydown", "animationstart", "transitionend", "toggle", "wheel", "scroll", "input", "change"];
    const stay = event => { if (event.target.closest && event.target.closest("a, form, button[type=submit]")) event.preventDefault(); };
    document.addEventListener("submit", event => event.preventDefault(), true);
    document.addEventListener("click", stay, true);
    window.gongshiPrints = true;
    for (const one of document.querySelectorAll("details")) one.open = true;
    for (const one of document.querySelectorAll("#main *, header *, footer *")) {
        if (one.attributes.length) for (const name of events) one.dispatchEvent(new Event(name, {bubbles: name !== "focus"}));
    }
    for (const one of document.querySelectorAll("button:not([data-gs-english]), summary, input, select")) one.click();
    for (const one of document.querySelectorAll("[data-gs-elder]")) one.click();
    window.dispatchEvent(new Event("beforeprint"));
    window.dispatchEvent(new Event("afterprint"));
    await new Promise(done => setTimeout(done, 0));
    window.gongshiPrints = false;
}
