import {opened,closed} from './record.js'; import fs from 'node:fs'; import path from 'node:path';
const spec=JSON.parse(fs.readFileSync('/tmp/w6work/d/spec.json'));
let n=0,diff=0, newdiff=0; const show=+process.argv[2]||5;
function* files(d){for(const e of fs.readdirSync(d,{withFileTypes:true})){const p=path.join(d,e.name); if(e.isDirectory()) yield* files(p); else if(p.endsWith('.yml')) yield p;}}
for(const [folder,fields] of Object.entries(spec)){ const d='/tmp/w6/d/content/'+folder; if(!fs.existsSync(d)) continue;
 for(const p of files(d)){ n++; const t=fs.readFileSync(p,'utf8'); let o; try{o=opened(t.trim(),p,fields);var c=closed(o,fields);}catch(e){console.log('ERR',p,e.stack.split('\n').slice(0,4).join('|'));continue}
  if(c!==t){diff++; if(diff<=show){console.log(p); const a=t.split('\n'),b=c.split('\n'); for(let i=0;i<Math.max(a.length,b.length);i++) if(a[i]!==b[i]){console.log(' -',a[i]);console.log(' +',b[i]);break}}}
  const {_text,...rest}=o; const fresh=closed(rest,fields); fs.mkdirSync('/tmp/w6work/d/fresh/'+path.dirname(p.slice(10)),{recursive:true}); fs.writeFileSync('/tmp/w6work/d/fresh/'+p.slice(10),fresh); if(fresh!==t) newdiff++;
 }}
console.log(n,diff,newdiff);
