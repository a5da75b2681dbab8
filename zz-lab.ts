import { chromium } from 'playwright-core'
import { renderMarkdown } from '#markdown/render.ts'
import { startSite } from './test/templates/site.ts'
const site = await startSite()
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', headless: true, args: ['--no-sandbox'] })
const page = await browser.newPage({ viewport: { width: 1200, height: 1400 } })
const src = ['graph LR\n z["#34;q#34; #60;b#62; #38;amp; #96;x#96; a#35;b #42;b#42; #95;u#95;"] -->|#34;lbl#34;| a["Map&lt;K, V&gt; #lt;x#gt; #quot;q#quot; a&amp;b"] -->|"12 uses"| b["src/http\nline"]\n subgraph s ["a group"]\n b --> c["one<br/>two"]\n end\n c -.-> d[("data")]', 'classDiagram\n class Planner {\n +plan(from) Burn[]\n }\n Emitter <|-- Planner', 'stateDiagram-v2\n [*] --> queued\n queued --> processing: claim\n processing --> completed', 'flowchart TD\n '+Array.from({length:30},(_, i)=>`n${i}["module-number-${i}"] --> n${(i*7+3)%30}`).join('\n ')]
const md = src.map(s=>'```mermaid\n'+s+'\n```').join('\n\n')
await page.route('**/dynamics.md', async r => { const resp = await r.fetch(); const t = await resp.text(); await r.fulfill({response: resp, body: t.replace(/<article[^]*<\/article>/, `<article class="prose">${renderMarkdown(md).html}</article>`)}) })
await page.goto(site.origin + '/static-docs/acme--orbit/dynamics.md')
await page.waitForFunction(()=>document.querySelectorAll('figure.drawn,.diagram-note').length===4)
await page.waitForTimeout(500)
await page.screenshot({path:'/tmp/shots/lab.png', fullPage:false})
await page.locator('figure').nth(3).hover(); await page.getByRole('button',{name:'Enlarge'}).nth(3).click(); await page.waitForTimeout(500)
await page.screenshot({path:'/tmp/shots/lab-wide.png'})
await page.setViewportSize({width:390,height:844}); await page.keyboard.press('Escape'); await page.goto(site.origin+'/static-docs/acme--orbit/planner-windows-grid.md'); await page.getByText('Pages',{exact:true}).click(); await page.screenshot({path:'/tmp/shots/drawer.png'})
await browser.close(); await site.close()
