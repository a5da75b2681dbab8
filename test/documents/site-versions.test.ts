/** A site of several versions, as `docspool generate --site --versions` writes it, opened as files by a browser. */

import assert from 'node:assert/strict'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { readConfig } from '#base/config.ts'
import { runGenerateVersions } from '#cli/generate-versions.ts'
import { makeRepository } from '../support/repositories.ts'
import { launchBrowser, visit } from './served.ts'

let browser: Browser
let folder: string
let site: string

const command = { output: undefined, language: undefined, notes: undefined }
const write = (versions: string[]): Promise<string> =>
  runGenerateVersions(
    { ...command, source: path.join(folder, 'orbit'), output: site, versions },
    readConfig({}, {}),
    new AbortController().signal,
  )

before(async () => {
  browser = await launchBrowser()
  folder = await mkdtemp(path.join(tmpdir(), 'docspool-versions-'))
  site = path.join(folder, 'site')
  const code = (name: string, doc: string): string =>
    `def ${name}():\n    """${doc}"""\n\n\ndef more_${name}():\n    pass\n`
  const module = (name: string, doc: string) => ({
    [`src/${name}/__init__.py`]: '',
    [`src/${name}/one.py`]: code(name, doc),
    [`src/${name}/two.py`]: code(`${name}_two`, doc),
  })
  await makeRepository(path.join(folder, 'orbit'), [
    { files: { ...module('plan', 'The first plan.'), ...module('radio', 'Is only in the first.') }, tag: 'v1.0.0' },
    { files: { ...module('plan', 'The second plan.') }, tag: 'v2.0.0' },
    { files: { ...module('plan', 'The newest plan.'), ...module('probe', 'Is only in the newest.') } },
  ])
  assert.equal(await write(['latest', 'v2.0.0', 'v1.0.0']), site)
})

after(async () => {
  await browser?.close()
  await rm(folder, { recursive: true, force: true })
})

for (const javaScriptEnabled of [true, false]) {
  test(`the switcher keeps the page ${javaScriptEnabled ? 'with' : 'without'} JavaScript`, async () => {
    const switchTo = async (page: Page, version: string) => {
      await page.locator('details.versions summary').click()
      await page.locator('details.versions').getByRole('link', { name: version, exact: true }).click()
    }
    const use = async (page: Page) => {
      await page.goto(`file://${site}/index.html`)
      await page.waitForURL(`file://${site}/latest/index.html`)
      const names = await page.locator('details.versions li').allTextContents()
      assert.deepEqual(names, ['latest', 'v2.0.0', 'v1.0.0'])
      const plan =
        (await readdir(path.join(site, 'v1.0.0'))).find((name) => /plan.*\.html$/.test(name)) ?? assert.fail()
      await page.goto(`file://${site}/latest/${plan}`)
      await page.getByText('The newest plan.').first().waitFor()
      await switchTo(page, 'v1.0.0')
      await page.waitForURL(`file://${site}/v1.0.0/${plan}`)
      await page.getByText('The first plan.').first().waitFor()
      assert.match(
        (await page.locator('aside.notice').textContent()) ?? '',
        /This is version v1\.0\.0.*available: v2\.0\.0/,
      )
      await page.locator('aside.notice a').click()
      await page.waitForURL(`file://${site}/v2.0.0/${plan}`)
      assert.equal(await page.locator('aside.notice').count(), 0)
      assert.equal(await page.locator('details.versions a[aria-current="true"]').textContent(), 'v2.0.0')
    }
    assert.deepEqual(await visit(browser, `file://${site}/`, { javaScriptEnabled }, use), [])
  })
}

test('every link between versions leads to a page', async () => {
  const files = (await readdir(site, { recursive: true })).filter((name) => name.endsWith('.html'))
  let count = 0
  for (const file of files) {
    const html = await readFile(path.join(site, file), 'utf8')
    for (const [, href = ''] of html.matchAll(/href="(\.\.\/(?:latest|v\d)[^"]*)"/g)) {
      assert.ok(files.includes(path.join(path.dirname(file), href)), `${file} ${href}`)
      count += 1
    }
  }
  assert.ok(count > 20, String(count))
  const radio = files.find((name) => /v1\.0\.0\/.*radio.*\.html$/.test(name)) ?? assert.fail()
  assert.match(await readFile(path.join(site, radio), 'utf8'), /href="\.\.\/latest\/index\.html"/)
})

test('a site is replaced, but not with a file of somebody else in it, and not if a version is missing', async () => {
  const mine = path.join(site, 'v1.0.0', 'mine.txt')
  await writeFile(mine, 'keep')
  await assert.rejects(write(['v1.0.0']), { code: 'OUTPUT_FOLDER_IN_USE' })
  await rm(mine)
  await assert.rejects(write(['v9', 'v1.0.0']), { code: 'NO_SUCH_COMMIT' })
  assert.ok((await readdir(site)).includes('latest'))
  await write(['v1.0.0'])
  assert.deepEqual((await readdir(site)).sort(), ['index.html', 'site.json', 'v1.0.0'])
  assert.deepEqual((await readdir(folder)).sort(), ['orbit', 'site'])
})
