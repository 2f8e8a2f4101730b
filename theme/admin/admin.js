// /admin/: the forms. config.json, beside this file, says which kinds there are and how each field is written.

import "./language.js"; // before the program, which reads it as it loads
import CMS from "@sveltia/cms";
import { closed, opened } from "./record.js";

const HERE = /^(?:127\.0\.0\.1|(?:.+\.)?localhost)$/;
const ONLY_HERE = "这里还不能填表：site_config.yml 没有写 repository（仓库）。在存着内容的电脑上运行 gongshi serve，"
  + "打开它的 /admin/，可以直接改那里的文件夹。";

async function start() {
  const { local, config, kinds } = await (await fetch("config.json", { cache: "no-cache" })).json();
  if (local && !HERE.test(location.hostname)) {
    document.body.textContent = ONLY_HERE;
    return;
  }
  document.body.classList.toggle("local", local);
  for (const [kind, { dated, fields }] of Object.entries(kinds)) {
    CMS.registerCustomFormat(`gongshi-${kind}`, "yml", {
      fromFile: (text, path) => opened(text, path, fields, dated),
      toFile: (content) => closed(content, fields),
    });
  }
  await CMS.init({ config: { ...config, load_config_file: false } });
}

start();
