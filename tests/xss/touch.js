/* In the control: sets off every handler that stands there, and follows every link. */
addEventListener("load", () => {
    for (const one of document.querySelectorAll("*")) {
        for (const {name} of [...one.attributes]) {
            if (/^on/i.test(name)) one.dispatchEvent(new Event(name.slice(2).toLowerCase(), {bubbles: true}));
        }
        if (/^(?:a|area|button|summary)$/.test(one.localName)) one.dispatchEvent(new MouseEvent("click", {bubbles: true, cancelable: true}));
    }
});
