import { launch, mapReady } from './browser.mjs';
const base=process.env.ICMAP_URL??'http://127.0.0.1:8099';
const b=await launch();
for(const spec of process.argv.slice(2)){ const [name,size,theme,path,...acts]=spec.split('|'); const [w,h]=size.split('x').map(Number);
 const c=await b.newContext({viewport:{width:w,height:h},colorScheme:theme,hasTouch:w<700,isMobile:w<700}); const p=await c.newPage(); p.on('console',m=>{if(['error','warning'].includes(m.type())&&!/GPU stall|GL Driver/.test(m.text()))console.log(name,m.type(),m.text().slice(0,300))}); p.on('pageerror',e=>console.log(name,'pageerror',e.stack?.slice(0,600)));
 p.on('requestfailed',r=>{if(!/ERR_ABORTED/.test(r.failure()?.errorText??''))console.log(name,'failed',r.url(),r.failure()?.errorText)});
 const t=Date.now(); await p.goto(base+path); try{ if(/^\/(\?|$)/.test(path)) await mapReady(p); else await p.waitForTimeout(1500);}catch(e){console.log(name,'map not ready')} 
 for(const a of acts){ const [k,...r]=a.split('~'); if(k==='click')await p.locator(r[0]).first().click(); if(k==='press')await p.keyboard.press(r[0]); if(k==='type')await p.keyboard.type(r[0]); if(k==='wait')await p.waitForTimeout(+r[0]); if(k==='scroll')await p.locator(r[0]).evaluate((e,y)=>e.scrollTop=y,+r[1]); if(k==='xy')await p.mouse.click(+r[0],+r[1]); if(k==='move')await p.mouse.move(+r[0],+r[1]);}
 await p.waitForTimeout(700); await p.screenshot({path:`/tmp/shots/${name}.png`}); console.log(name,Date.now()-t,'ms',p.url()); await c.close(); }
await b.close();
