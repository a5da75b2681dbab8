/** Logging in with a browser, on the real server: what a person sees and does. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { after, before, test } from 'node:test'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { type Served, serve } from './served.ts'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const TOKEN = 'tokentokentoken-1'
/** A folder for pictures of what is looked at, for people. */
const PICTURES = process.env.PICTURES

let browser: Browser

before(async () => {
  browser = await chromium.launch({
    executablePath: '/usr/bin/chromium',
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  })
})

after(async () => {
  await browser?.close()
})

/** Open pages and gather what went wrong. That a page is 401 or 429 is no trouble. */
async function visit(
  { origin }: Served,
  options: BrowserContextOptions,
  use: (page: Page) => Promise<void>,
): Promise<void> {
  const context = await browser.newContext(options)
  const troubles: string[] = []
  try {
    const page = await context.newPage()
    page.on('console', (message) => {
      const isRefusal = /status of (?:401|429)/.test(message.text())
      if (message.type() === 'error' && !isRefusal) troubles.push(message.text())
    })
    page.on('pageerror', (error) => troubles.push(String(error)))
    page.on('request', (request) => {
      if (!request.url().startsWith(origin)) troubles.push(request.url())
    })
    await use(page)
    assert.deepEqual(troubles, [])
  } finally {
    await context.close()
  }
}

async function findBarriers(page: Page): Promise<string[]> {
  const found = await page.evaluate(`(async () => {
    ${AXE}
    const { violations } = await axe.run(document, { iframes: false })
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => id + ': ' + html))
  })()`)
  return found as string[]
}

async function picture(page: Page, name: string): Promise<void> {
  if (PICTURES === undefined) return
  await mkdir(PICTURES, { recursive: true })
  await page.screenshot({ path: `${PICTURES}/${name}.png`, fullPage: true })
}

test('the login page has no barrier and fits, light and dark, wide and narrow', async (t) => {
  const served = await serve(t, { DOCSPOOL_TOKEN: TOKEN, DOCSPOOL_TOKEN_FOR: 'everything' })
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const width of [1280, 390]) {
      await visit(served, { colorScheme, viewport: { width, height: 800 } }, async (page) => {
        assert.equal((await page.goto(`${served.origin}/static-docs/pallets--flask/`))?.status(), 401)
        assert.equal(await page.locator('input:focus').getAttribute('name'), 'token')
        assert.deepEqual(await findBarriers(page), [])
        await picture(page, `login-${colorScheme}-${width}`)
        await page.getByLabel('Token').fill('not the token')
        await page.getByRole('button', { name: 'Log in' }).click()
        await page.getByRole('alert').waitFor()
        assert.deepEqual(await findBarriers(page), [])
        assert.equal(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), true)
        await picture(page, `refused-${colorScheme}-${width}`)
      })
    }
  }
})

test('a person who submits logs in on the way, and finds what was typed', async (t) => {
  const served = await serve(t, { DOCSPOOL_TOKEN: TOKEN })
  for (const javaScriptEnabled of [true, false]) {
    await visit(served, { javaScriptEnabled, viewport: { width: 390, height: 800 } }, async (page) => {
      await page.goto(`${served.origin}/`)
      if (javaScriptEnabled) assert.deepEqual(await findBarriers(page), [])
      await picture(page, 'first-page-390')
      const url = `https://github.com/acme/orbit-${javaScriptEnabled}`
      await page.getByLabel('Repository', { exact: true }).fill(url)
      await page.getByRole('button', { name: 'Document it' }).click()
      await page.getByLabel('Token').fill(TOKEN)
      await page.getByRole('button', { name: 'Log in' }).click()
      assert.equal(await page.getByLabel('Repository', { exact: true }).inputValue(), url)
      await page.getByRole('button', { name: 'Document it' }).click()
      await page.waitForURL(/\/jobs\/acme--orbit-/)
      if (javaScriptEnabled) assert.deepEqual(await findBarriers(page), [])
      await picture(page, 'job-390')
      await page.getByRole('button', { name: 'Cancel' }).click()
      await page.getByRole('button', { name: 'Log out' }).click()
      await page.getByRole('link', { name: 'Log in' }).click()
      await page.getByLabel('Token').waitFor()
    })
  }
  assert.equal(served.queue.submits.length, 2)
})
