import { chromium } from 'playwright-core'
import { startSite } from './test/templates/site.ts'
const site = await startSite()
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', headless: true, args: ['--no-sandbox'] })
const only = process.argv[2]
const paths: [string,string][] = [['index','/'],['empty','/empty'],['refused','/refused'],['running','/jobs/pallets--flask'],['queued','/jobs/gitlab.com--gnome--libs--a-rather-long-name'],['done','/jobs/acme--orbit'],['failed','/jobs/acme--private'],['error','/nope'],['overview','/static-docs/acme--orbit/?status=processing'],['planner','/static-docs/acme--orbit/planner.md'],['leaf','/static-docs/acme--orbit/planner-windows-grid.md']]
for (const [scheme,width] of [['light',1360],['dark',1360],['light',390],['dark',390]] as const) {
  const ctx = await browser.newContext({ colorScheme: scheme, viewport: { width, height: width===390?844:900 }, deviceScaleFactor: 1 })
  const page = await ctx.newPage()
  page.on('console', m => console.log(scheme, width, m.type(), m.text()))
  page.on('pageerror', e => console.log('ERR', e.message))
  for (const [name, path] of paths) {
    if (only && !only.split(',').includes(name)) continue
    await page.goto(site.origin + path)
    if (name==='overview' || name==='planner') { await page.waitForSelector('figure.drawn', {timeout: 15000}).catch(()=>console.log('no drawn')); await page.waitForTimeout(600)}
    const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    if (over > 0) console.log('OVERFLOW', name, width, over)
    await page.screenshot({ path: `/tmp/shots/${name}-${scheme}-${width}.png`, fullPage: !['planner'].includes(name) })
  }
  await ctx.close()
}
await browser.close(); await site.close()
