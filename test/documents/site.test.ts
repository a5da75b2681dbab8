/** Archives of a set, and the site in one of them, opened as files by a browser: nothing is served, nothing is fetched. */

import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { gzipSync, unzipSync } from 'fflate'
import type { Browser } from 'playwright-core'
import { renderMarkdown } from '#markdown/render.ts'
import { buildSearch } from '#search/build-index.ts'
import { loadAssets } from '#server/asset-reader.ts'
import { ATTACKS } from '../markdown/hostile.ts'
import { makeCareless, type Typed, typeEach } from '../support/typed.ts'
import { exampleSet, launchBrowser, type Served, serveSet, visit } from './served.ts'

const HOSTILE = `</script><script>pwned=1</script>"'><img src=x onerror=pwned=1>\u202e\u2028\`\${pwned=1}`

/** The example with hostile words wherever a repository has any. */
function hostileSet() {
  const set = exampleSet()
  const { html, headings, sections } = renderMarkdown(
    `# ${HOSTILE}\n\n## ${HOSTILE}\n\n\`${HOSTILE}\` [x](planner.md#a)\n`,
  )
  const page = { file: 'cli.md', title: HOSTILE, module: HOSTILE, html: 'cli.html', headings, diagrams: 0 }
  const pages = set.manifest.pages.map((each) => (each.file === 'cli.md' ? page : each))
  const symbol = { name: `evil${HOSTILE}`, kind: 'class', file: HOSTILE, line: 1, page: 'cli.md', anchor: HOSTILE }
  const search = buildSearch(
    [{ file: 'cli.md', title: HOSTILE, standing: 'own', headings, sections }],
    [{ ...symbol, doc: HOSTILE, isPublic: true, standing: 'own', uses: 0 }],
  )
  return {
    manifest: { ...set.manifest, name: `../${HOSTILE}`, full_name: HOSTILE, pages },
    files: new Map([...set.files, ['search.json', search]]),
    html: new Map([...set.html, ['cli.html', html]]),
  }
}

let served: Served
let browser: Browser
let folder: string

before(async () => {
  ;[served, browser] = await Promise.all([serveSet(), launchBrowser()])
  folder = await mkdtemp(path.join(tmpdir(), 'docspool-site-'))
})

after(async () => {
  await browser?.close()
  await served?.close()
  await rm(folder, { recursive: true, force: true })
})

async function download(from: Served, suffix: string): Promise<[Response, Record<string, Uint8Array>]> {
  const answer = await fetch(`${from.docs.slice(0, -1)}${suffix}`)
  assert.equal(answer.status, 200)
  return [answer, unzipSync(new Uint8Array(await answer.arrayBuffer()))]
}

/** @returns Where `index.html` is. */
async function unpack(files: Record<string, Uint8Array>, name: string): Promise<string> {
  for (const [file, body] of Object.entries(files)) {
    const target = path.join(folder, name, file)
    assert.ok(target.startsWith(`${folder}/${name}/`), file)
    await mkdir(path.dirname(target), { recursive: true })
    await writeFile(target, body)
  }
  return path.join(folder, name, path.dirname(Object.keys(files)[0] ?? ''))
}

test('an archive of the set holds its files as they are, and is not sent to who has it', async () => {
  const [answer, files] = await download(served, '.zip')
  assert.match(answer.headers.get('content-disposition') ?? '', /^attachment; filename="orbit-3f9c2ab\.zip"$/)
  const { files: own } = exampleSet()
  assert.deepEqual(
    Object.keys(files),
    [...own.keys()].sort().map((name) => `orbit-3f9c2ab/${name}`),
  )
  assert.equal(new TextDecoder().decode(files['orbit-3f9c2ab/llms.txt']), own.get('llms.txt'))
  const etag = answer.headers.get('etag') ?? ''
  const again = await fetch(answer.url, { headers: { 'if-none-match': etag } })
  assert.equal(again.status, 304)
})

test('a job that is called like an archive is a job', async () => {
  served.queue.move('acme--orbit.zip', { status: 'queued' })
  const answer = await fetch(`${served.docs.slice(0, -1)}.zip`, { redirect: 'manual' })
  await served.queue.remove('acme--orbit.zip').catch(() => undefined)
  assert.deepEqual([answer.status, answer.headers.get('location')], [301, '/static-docs/acme--orbit.zip/'])
  assert.equal((await fetch(`${served.origin}/static-docs/acme--nothing.zip`)).status, 404)
})

test('the site opens from its folder: pages, theme, search and diagrams, without a request to anywhere', async () => {
  const site = await unpack((await download(served, '.site.zip'))[1], 'plain')
  const use = async (page: import('playwright-core').Page) => {
    await page.goto(`file://${site}/index.html`)
    const frame = () => page.frames().find((each) => each.url().endsWith('/assets/diagram.html'))
    await page.locator('figure.drawn').first().waitFor()
    assert.ok(((await frame()?.locator('svg').boundingBox())?.width ?? 0) > 50)
    assert.equal(await frame()?.evaluate('self.origin'), 'null')
    await page.keyboard.press('t')
    await page.locator('html[data-theme="light"]').waitFor()
    await page.keyboard.press('/')
    await page.keyboard.type('seventh leg')
    await page.locator('dialog .hit', { hasText: 'Planner.step7' }).first().waitFor()
    await page.keyboard.press('Enter')
    await page.waitForURL(`file://${site}/planner.html#method-planner-step7`)
    await page.getByRole('link', { name: 'main', exact: true }).first().click()
    await page.waitForURL(`file://${site}/cli.html`)
    await page.locator('.brand').click()
    await page.waitForURL(`file://${site}/index.html`)
  }
  assert.deepEqual(await visit(browser, `file://${site}/`, {}, use), [])
})

test('hostile names break neither the site, nor the search, nor the names in the archive', async () => {
  const hostile = await serveSet(hostileSet())
  try {
    const [answer, files] = await download(hostile, '.site.zip')
    assert.match(answer.headers.get('content-disposition') ?? '', /^attachment; filename="[A-Za-z0-9_-]+-site\.zip"$/)
    for (const name of Object.keys(files)) assert.match(name, /^[A-Za-z0-9_-]+\/(?:assets\/)?[A-Za-z0-9._-]+$/)
    const site = await unpack(files, 'hostile')
    for (const address of [`file://${site}/cli.html`, `${hostile.docs}cli.md`]) {
      const home = address.startsWith('file:') ? `file://${site}/` : hostile.origin
      const use = async (page: import('playwright-core').Page) => {
        await page.goto(address)
        await page.keyboard.press('/')
        await page.keyboard.type('evil')
        await page.locator('dialog .hit').first().waitFor()
        assert.match((await page.locator('dialog .hit-title').first().textContent()) ?? '', /^evil<\/script><script>/)
        assert.equal(await page.evaluate("'pwned' in window"), false)
        assert.equal(await page.locator('img').count(), 0)
      }
      assert.deepEqual(await visit(browser, home, {}, use), [])
    }
    const results = await fetch(`${hostile.docs}?q=evil`)
    assert.doesNotMatch(await results.text(), /<script>pwned|<img/)
    const json = await fetch(`${hostile.docs}?q=evil`, { headers: { accept: 'application/json' } })
    const { results: found } = (await json.json()) as { results: { title: string }[] }
    assert.match(found[0]?.title ?? '', /^evil/)
  } finally {
    await hostile.close()
  }
})

/** The example, whose search finds payloads in titles and texts. */
function searchedSet() {
  const set = exampleSet()
  const headings = ATTACKS.map((text, number) => ({ depth: 2, id: `h${number}`, text }))
  const sections = ATTACKS.map((text, number) => ({ id: `h${number}`, text: `said ${text}` }))
  const symbols = ATTACKS.map((text, number) => ({
    ...{ name: `of${number}.${text}`, kind: 'class', file: text, line: 1, page: 'cli.md', anchor: text },
    ...{ doc: `told ${text}`, isPublic: true, standing: 'own' as const, uses: 0 },
  }))
  const search = buildSearch([{ file: 'cli.md', title: 'cli', standing: 'own', headings, sections }], symbols)
  return { ...set, files: new Map([...set.files, ['search.json', search]]) }
}

test('hostile texts typed into the search become neither elements nor scripts nor requests', async () => {
  const hostile = await serveSet(searchedSet())
  const texts = [...ATTACKS, 'said', 'told']
  const type = async (address: string, some: string[], isCareless = false): Promise<[Typed, string[]]> => {
    let typed: Typed = { found: 0, marks: 0, strange: [] }
    const use = async (page: import('playwright-core').Page) => {
      if (isCareless) await makeCareless(page)
      await page.goto(address)
      await page.keyboard.press('/')
      await page.getByText('Symbols come first').waitFor()
      typed = await page.evaluate(typeEach, some)
    }
    const home = address.startsWith('file:') ? path.dirname(address) : hostile.origin
    // Without the policy, which would hide what the search lets through.
    const troubles = await visit(browser, home, { bypassCSP: true }, use)
    return [typed, troubles]
  }
  try {
    const site = await unpack((await download(hostile, '.site.zip'))[1], 'searched')
    for (const address of [`${hostile.docs}cli.md`, `file://${site}/cli.html`]) {
      const [typed, troubles] = await type(address, texts)
      assert.deepEqual([typed.strange, troubles], [[], []])
      assert.ok(typed.found > texts.length * 0.9 && typed.marks > texts.length, JSON.stringify(typed))
    }
    const [typed, troubles] = await type(`${hostile.docs}cli.md`, ['said', 'told'], true)
    assert.ok(typed.strange.length > 10, `${typed.strange}`)
    assert.ok(
      troubles.some((text) => text.startsWith('dialog')),
      `${troubles}`,
    )
  } finally {
    await hostile.close()
  }
})

test('style sheet and scripts take less than 50 KB on the wire, diagrams aside', async () => {
  const assets = await loadAssets()
  const names = [
    'docspool.css',
    'theme.js',
    'docspool.js',
    'docs.js',
    'search.js',
    'job.js',
    'diagram.js',
    'diagram.html',
  ]
  const sizes = names.map((name) => gzipSync(assets.read(name)?.body ?? new Uint8Array()).length)
  assert.ok(Math.min(...sizes) > 100)
  const total = sizes.reduce((sum, size) => sum + size, 0)
  assert.ok(total < 50_000, `${total} bytes`)
})
