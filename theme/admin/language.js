// The forms speak Chinese to whoever has not chosen another language in their settings.

const PREFERENCES = "sveltia-cms.prefs";

try {
  const chosen = JSON.parse(localStorage.getItem(PREFERENCES) ?? "{}");
  if (!chosen.locale) localStorage.setItem(PREFERENCES, JSON.stringify({ ...chosen, locale: "zh-CN" }));
} catch {
  // a browser that keeps nothing: its own language is spoken
}
