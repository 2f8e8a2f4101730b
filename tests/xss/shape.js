/* Looks through what stands in a page, and returns each thing that no page of ours holds. */
() => {
    const found = new Set(), add = (what, one) => found.add(`${what} in <${one.tagName.toLowerCase()}> ` +
        one.outerHTML.slice(0, 160));
    const NEVER = new Set(["style", "iframe", "frame", "frameset", "object", "embed", "applet", "base", "math", "template",
        "marquee", "video", "audio", "source", "track", "portal", "foreignobject", "animate", "set", "use", "image",
        "noembed", "plaintext", "xmp", "dialog", "keygen", "isindex", "slot", "handler", "listener"]);
    const ADDRESSES = ["href", "src", "action", "formaction", "xlink:href", "data", "poster", "background", "srcset", "ping",
        "cite", "manifest", "longdesc", "codebase"];
    const allowed = /^(?:https?|mailto|tel):$/;
    const PICTURES = new Set(["source"]);
    for (const one of (this.gongshiDocument || document).querySelectorAll("*")) {
        const tag = one.localName;
        if (one instanceof HTMLUnknownElement || tag.includes("-")) add("unknown tag", one);
        if (NEVER.has(tag) && !(PICTURES.has(tag) && one.parentNode.localName === "picture")) add("tag", one);
        if (tag === "script" && one.getAttribute("type") !== "application/json" && !/^(?:\.\.?\/|\/?[a-z])[\w./-]*\.js$/.test(
            one.getAttribute("src") || "")) add("script", one);
        if (tag === "meta" && one.httpEquiv && !/^Content-Security-Policy$/.test(one.httpEquiv) && !(
            one.httpEquiv === "refresh" && /^0; url=[\w./-]+(#[\w-]*)?$/.test(one.content))) add("meta", one);
        if (tag === "link" && !/^(?:stylesheet|icon|alternate icon|apple-touch-icon|canonical|alternate|preload|describedby|license)$/
            .test(one.rel)) add("link", one);
        if (/^(?:img|script|link)$/.test(tag)) {
            const asked = one.getAttribute(tag === "link" ? "href" : "src") || "";
            if (/^\s*(?:[a-z]+:|[\/\\]{2})/i.test(asked) && !/^data:image\/|^data:,$/.test(asked) && one.rel !== "canonical"
                && one.rel !== "alternate" && one.rel !== "license") add("foreign", one);
        }
        for (const {name, value} of one.attributes) {
            if (name.startsWith("on") || name === "style" || name === "srcdoc") add(`attribute ${name}`, one);
            if (!/^[a-zA-Z_][\w:-]*$/.test(name)) add(`attribute ${name}`, one);
            if (ADDRESSES.includes(name) && value) {
                let scheme = "";
                try { scheme = new URL(value, "http://here.example/a/b.html").protocol; } catch (e) { scheme = "?"; }
                if (!allowed.test(scheme) && !/^data:image\/|^data:,$/.test(value) && scheme !== "?") add(`address ${scheme}`, one);
            }
        }
    }
    return [...found];
}
