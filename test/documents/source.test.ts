/**
 * The files of a repository that lies in a folder: documented by the whole pipeline, published, served, and read in a
 * browser, behind the server and as files of a folder.
 */

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { unzipSync } from 'fflate'
import { JSDOM } from 'jsdom'
import type { Browser, Page } from 'playwright-core'
import { parseRepository } from '#base/repository.ts'
import { generate } from '#generate/pipeline.ts'
import type { NewSet } from '#store/publish-set.ts'
import { makeRepository } from '../support/repositories.ts'
import { walkSet } from '../support/walk-links.ts'
import { launchBrowser, type Served, serveSet, visit } from './served.ts'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const HOSTILE = [
  'src/a b.ts',
  'src/line\nbreak.ts',
  'src/<script>alert(1)</script>.ts',
  'src/%2e%2e%2f%2e%2e%2fetc.ts',
  'src/hash#tag?query.ts',
  'src/back\\slash.ts',
  `src/${'long'.repeat(60)}.ts`,
  `${'deep/'.repeat(200)}x.ts`,
  'src/ä\u202e.ts',
  'src/CON.ts',
  'src/case.ts',
  'src/CASE.ts',
  '__proto__/constructor.ts',
  'source/source.ts',
]
const LONG = Array.from({ length: 10_000 }, (_, line) => `console.log(${line + 1}, '<b>') // of ${line + 1}`)
const planner = `${'\n'.repeat(40)}/** Plans one flight. */
export class Planner {
  /** Burns in order. */
  plan(from: number): number {
    return helper(from)
  }
}

function helper(from: number): number {
  return from
}
${'\n'.repeat(60)}`

let served: Served
let browser: Browser
let folder: string
let set: NewSet

before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'docspool-source-'))
  const { folder: repository } = await makeRepository(path.join(folder, 'repository'), {
    'README.md':
      '# Orbit\n\nOrbit plans flights of all kinds; see [the guide](docs/guide.md#start) and [the picture](logo.png).\n',
    'docs/guide.md': '# Guide\n\nStart with `Planner`.\n',
    'logo.png': Uint8Array.from([137, 80, 78, 71, 0, 1, 2]),
    'src/planner.ts': planner,
    'src/long.ts': LONG.join('\n'),
    'src/link.ts': { symlink: '/etc/passwd' },
    'latin.c': Buffer.from('/* caf\xe9 */ int main(void) { return 0; }\n', 'latin1'),
    ...Object.fromEntries(HOSTILE.map((name, number) => [name, `export function odd${number}(): void {}\n`])),
  })
  const workDir = path.join(folder, 'work')
  await mkdir(workDir)
  const policy = { allowedHosts: [], allowPrivateNetworks: false, localRepos: [folder] }
  const made = await generate(
    {
      repository: parseRepository(pathToFileURL(repository).href, policy),
      commitId: null,
      workDir,
      limits: {
        cloneDepth: 1,
        cloneTimeoutMs: 60_000,
        maxRepoBytes: 100_000_000,
        maxFiles: 1_000,
        maxFileBytes: 1_048_576,
      },
      allowPrivateNetworks: false,
      sourceLinks: new Map(),
    },
    { signal: new AbortController().signal, report: () => {} },
  )
  set = made.set
  ;[served, browser] = await Promise.all([serveSet(set), launchBrowser()])
})

after(async () => {
  await browser?.close()
  await served?.close()
  await rm(folder, { recursive: true, force: true })
})

const text = (name: string): string => String(set.files.get(name))
const nameOf = (file: string): string => set.sources?.find((source) => source.path === file)?.name ?? assert.fail(file)
const get = (to: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${served.docs}${to}`, { headers: { accept: 'text/html', ...headers }, redirect: 'manual' })

test('the set is without fault, and every link of every page leads somewhere, those to lines as well', async () => {
  const verification = JSON.parse(text('verification.json'))
  assert.deepEqual(verification.faults, [])
  assert.ok(verification.checked.symbols > 10)
  assert.deepEqual(verification.sources, { files: HOSTILE.length + 5, bytes: set.manifest.sources?.bytes, left_out: 0 })
  const walked = await walkSet(served.origin, new URL(served.docs).pathname)
  assert.deepEqual(walked.faults, [])
  assert.ok(walked.pages > HOSTILE.length, `${walked.pages} pages`)
  assert.ok(walked.anchors > 40, `${walked.anchors} anchors`)
})

test("the repository's documents and relative links lead to the text; what is binary has no page", async () => {
  const overview = text('overview.md')
  assert.match(overview, /\[the guide\]\(source\/docs\/guide\.md\)/)
  assert.match(overview, /^- \[Guide\]\(guide--docs-guide\.md\)$/m)
  assert.ok(overview.includes('the picture') && !overview.includes('source/logo.png'))
  for (const name of [
    'logo.png',
    'src/link.ts',
    'etc/passwd',
    '../manifest.json',
    '..%2fmanifest.json',
    'sources.pack',
    '%00',
    '%',
  ])
    assert.equal((await get(`source/${name}`)).status, 404, name)
})

test('a set that keeps no file of the repository shows no way to them', async () => {
  const bare = { ...set, manifest: { ...set.manifest, sources: { files: 0, bytes: 0, left_out: 3 } } }
  const { origin, docs, close } = await serveSet({ ...bare, sources: [] })
  try {
    const overview = await fetch(docs, { headers: { accept: 'text/html' } })
    assert.equal(overview.status, 200)
    assert.doesNotMatch(await overview.text(), /Files of the repository/)
    assert.match(
      await (await fetch(served.docs, { headers: { accept: 'text/html' } })).text(),
      /Files of the repository/,
    )
    const list = await fetch(`${origin}${new URL(docs).pathname}source/`, { headers: { accept: 'application/json' } })
    assert.deepEqual([list.status, (await list.json()).code], [404, 'NO_SUCH_PAGE'])
  } finally {
    await close()
  }
})

test('whatever a file is called, it is reached by its path and by its name, as a page and as text', async () => {
  for (const [number, file] of HOSTILE.entries()) {
    const name = nameOf(file)
    const encoded = file.split('/').map(encodeURIComponent).join('/')
    if (encoded.length < 4_000) {
      const byPath = await get(`source/${encoded}`)
      if (name === file) assert.equal(byPath.status, 200, file)
      else {
        assert.equal(byPath.status, 302, file)
        assert.equal(byPath.headers.get('location'), `${new URL(served.docs).pathname}source/${name}`)
      }
    }
    const page = await get(`source/${name}`)
    assert.equal(page.status, 200)
    const { document } = new JSDOM(await page.text()).window
    assert.equal(document.querySelectorAll('script:not([src])').length, 0)
    assert.doesNotMatch(document.querySelector('h1')?.textContent ?? '', /[\n\u202e]/)
    assert.equal(document.querySelector('#L1')?.textContent, `export function odd${number}(): void {}\n`)
    const plain = await get(`source/${name}?format=text`)
    assert.equal(plain.headers.get('content-type'), 'text/plain; charset=utf-8')
    assert.equal(plain.headers.get('x-content-type-options'), 'nosniff')
    assert.equal(await plain.text(), `export function odd${number}(): void {}\n`)
  }
  assert.match(await (await get(`source/latin.c`, { accept: 'text/plain' })).text(), /café/)
})

/** Sent as it is written: `fetch` would resolve the dots first. */
function getRaw(target: string): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(served.origin)
    const asked = request({ hostname, port, path: target, headers: { accept: 'text/plain' } }, (answer) => {
      let body = ''
      answer.on('data', (chunk) => {
        body += chunk
      })
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body }))
    })
    asked.on('error', reject).end()
  })
}

test('no way of writing dots and slashes leads out of the set, or to what is not a kept file', async () => {
  const dots = [
    '..',
    '%2e%2e',
    '%2E.',
    '.%2e',
    '%252e%252e',
    '%c0%ae%c0%ae',
    '%ef%bc%8e%ef%bc%8e',
    '..%00',
    '..;',
    '....',
  ]
  const slashes = ['/', '%2f', '%252f', '%5c', '//', '/./', '%c0%af']
  const targets = [
    'manifest.json',
    'sources.pack',
    'sources.table',
    'overview.md%00',
    'etc/passwd',
    'html/overview.html',
  ]
  const folder = `${new URL(served.docs).pathname}source/`
  for (const dot of dots) {
    for (const slash of slashes) {
      for (const target of targets) {
        for (const before of ['', 'src/', 'src/planner.ts/', '~/', '%00']) {
          const name = `${before}${(dot + slash).repeat(before === '' ? 3 : 1)}${target}`
          const { status, body } = await getRaw(folder + name)
          assert.ok([400, 404].includes(status), `${status} ${name}`)
          assert.ok(!/root:|"key":|"pieces":/.test(body), name)
        }
      }
    }
  }
})

test('a list leads to every file, and each file back to it', async () => {
  const page = await get('source/')
  assert.equal(page.status, 200)
  const { document } = new JSDOM(await page.text(), { url: `${served.docs}source/` }).window
  const listed = [...document.querySelectorAll<HTMLAnchorElement>('.files a')].map((link) => link.href)
  assert.deepEqual(listed.sort(), (set.sources ?? []).map(({ name }) => `${served.docs}source/${name}`).sort())
  assert.equal(document.querySelectorAll('script:not([src])').length, 0)
  const file = new JSDOM(await (await get('source/src/planner.ts')).text(), { url: listed[0] ?? '' }).window.document
  assert.ok(
    [...file.querySelectorAll<HTMLAnchorElement>('.trail a')].some((link) => link.href === `${served.docs}source/`),
  )
})

test('a page of a file has a tag, its policy and no more than is needed to be told that it is known', async () => {
  for (const query of ['', '?format=text']) {
    const first = await get(`source/src/planner.ts${query}`)
    assert.match(first.headers.get('content-security-policy') ?? '', /default-src 'none'/)
    const etag = first.headers.get('etag') ?? ''
    const again = await get(`source/src/planner.ts${query}`, { 'if-none-match': etag })
    assert.deepEqual([again.status, await again.text()], [304, ''])
    assert.notEqual((await get(`source/src/long.ts${query}`)).headers.get('etag'), etag)
  }
  assert.equal((await get('source/src/planner.ts?format=md')).status, 400)
})

test('who has one job may not read the files of another', async () => {
  served.queue.move('acme--other', { status: 'queued' })
  const answer = await fetch(`${served.origin}/static-docs/acme--other/source/src/planner.ts`)
  assert.equal(answer.status, 404)
})

/** What is lit, by line. */
const lit = (page: Page): Promise<number[]> =>
  page.evaluate(`[...document.querySelectorAll('.line')]
    .filter((line) => getComputedStyle(line).backgroundColor !== 'rgba(0, 0, 0, 0)')
    .map((line) => Number(line.id.slice(1)))`) as Promise<number[]>

const topOf = (page: Page, id: string): Promise<number> =>
  page.locator(`[id="${id}"]`).evaluate((each) => Math.round(each.getBoundingClientRect().top))

/** From the entry of a class to its lines, and back. */
async function follow(page: Page, start: string): Promise<void> {
  await page.goto(start)
  const link = page.locator('a[href*="source/src/planner.ts"][href*="#L42-L47"]').first()
  await link.click()
  await page.waitForURL(/planner\.ts(?:\.html)?#L42-L47$/)
  assert.equal(await page.locator('h1').textContent(), 'src/planner.ts')
  const top = await topOf(page, 'L42')
  assert.ok(top > 40 && top < 200, `at ${top}`)
  const back = page.locator('#L42 .mark')
  assert.equal(await back.getAttribute('aria-label'), 'Entry of Planner')
  await back.click()
  await page.waitForURL(/#planner$/)
  assert.equal(await page.locator('#planner').count(), 1)
}

for (const javaScriptEnabled of [true, false]) {
  test(`a reader goes from an entry to its lines and back, ${javaScriptEnabled ? 'with' : 'without'} JavaScript`, async () => {
    const { page: entries } = JSON.parse(text('index.json')).find((each: { id: string }) =>
      each.id.endsWith('#Planner'),
    )
    const troubles = await visit(
      browser,
      served.origin,
      { javaScriptEnabled, viewport: { width: 1200, height: 500 } },
      async (page) => {
        await follow(page, `${served.docs}${entries}`)
        await page.goto(`${served.docs}source/src/planner.ts#L42-L47`)
        assert.deepEqual(await lit(page), javaScriptEnabled ? [42, 43, 44, 45, 46, 47] : [42])
        await page.goto(`${served.docs}source/src/planner.ts#L44`)
        assert.deepEqual(await lit(page), [44])
      },
    )
    assert.deepEqual(troubles, [])
  })
}

test('lines are chosen by their numbers, and what is copied is the text alone', async () => {
  const troubles = await visit(browser, served.origin, { viewport: { width: 1200, height: 700 } }, async (page) => {
    await page.goto(`${served.docs}source/src/planner.ts`)
    await page.locator('#L43 .number').click()
    assert.match(page.url(), /#L43$/)
    await page.locator('#L45 .number').click({ modifiers: ['Shift'] })
    assert.match(page.url(), /#L43-L45$/)
    assert.deepEqual(await lit(page), [43, 44, 45])
    await page.locator('#L41 .number').click({ modifiers: ['Shift'] })
    assert.match(page.url(), /#L41-L43$/)
    const copied = await page.evaluate(`(() => {
      const range = document.createRange()
      range.setStartBefore(document.getElementById('L40'))
      range.setEndAfter(document.getElementById('L49'))
      getSelection().removeAllRanges()
      getSelection().addRange(range)
      return getSelection().toString()
    })()`)
    assert.equal(String(copied).trim(), planner.split('\n').slice(39, 49).join('\n').trim())
    await page.goto(`${served.docs}source/src/planner.ts#L9000`)
    assert.deepEqual(await lit(page), [])
    await page.keyboard.press('Escape')
    await page.keyboard.press('/')
    await page.locator('#Search').waitFor()
  })
  assert.deepEqual(troubles, [])
})

test('10,000 lines are there at once, and one far below is where it should be', async () => {
  const troubles = await visit(browser, served.origin, { viewport: { width: 1200, height: 700 } }, async (page) => {
    for (const line of [5_000, 10_000]) {
      await page.goto('about:blank')
      const start = performance.now()
      await page.goto(`${served.docs}source/src/long.ts#L${line}`)
      assert.ok(performance.now() - start < 10_000, `${performance.now() - start} ms`)
      assert.equal(await page.locator('.line').count(), 10_000)
      assert.deepEqual(await lit(page), [line])
      await page.waitForFunction((id) => {
        const { top, bottom } = (document.getElementById(id) as Element).getBoundingClientRect()
        return top > 0 && bottom <= innerHeight
      }, `L${line}`)
    }
  })
  assert.deepEqual(troubles, [])
})

for (const colorScheme of ['light', 'dark'] as const) {
  test(`the page of a file has no barrier and does not scroll sideways, in ${colorScheme}`, async () => {
    for (const width of [1360, 390]) {
      const troubles = await visit(
        browser,
        served.origin,
        { colorScheme, viewport: { width, height: 800 } },
        async (page) => {
          for (const file of [
            '',
            'src/planner.ts#L42-L47',
            `${nameOf('src/ä\u202e.ts')}#L1`,
            'docs/guide.md',
            'latin.c#L1',
          ]) {
            await page.goto('about:blank')
            await page.goto(`${served.docs}source/${file}`)
            const found = await page.evaluate(`(async () => {
              ${AXE}
              const { violations } = await axe.run(document)
              return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => id + ': ' + html))
            })()`)
            assert.deepEqual(found, [], `${file} at ${width}`)
            assert.equal(await page.evaluate('document.documentElement.scrollWidth - innerWidth'), 0)
          }
        },
      )
      assert.deepEqual(troubles, [])
    }
  })
}

async function unpack(suffix: string): Promise<string> {
  const archive = await fetch(`${served.docs.slice(0, -1)}${suffix}`)
  const files = unzipSync(new Uint8Array(await archive.arrayBuffer()))
  assert.equal(new Set(Object.keys(files).map((name) => name.toLowerCase())).size, Object.keys(files).length)
  const root = path.join(folder, suffix)
  for (const [name, body] of Object.entries(files)) {
    const target = path.join(root, name)
    assert.ok(target.startsWith(`${root}/`), name)
    await mkdir(path.dirname(target), { recursive: true })
    await writeFile(target, body)
  }
  return path.join(root, path.dirname(Object.keys(files)[0] ?? ''))
}

test('the site works from a folder: to the lines, back, and the search from there', async () => {
  const site = await unpack('.site.zip')
  const { page: entries } = JSON.parse(text('index.json')).find((each: { id: string }) => each.id.endsWith('#Planner'))
  const home = pathToFileURL(`${site}/`).href
  const troubles = await visit(browser, home, { viewport: { width: 1200, height: 500 } }, async (page) => {
    await follow(page, `${home}${entries.replace(/\.md$/, '.html')}`)
    await page.goto(`${home}source/src/planner.ts.html#L43-L44`)
    assert.deepEqual(await lit(page), [43, 44])
    await page.keyboard.press('/')
    await page.locator('#Search input').fill('Planner')
    await page.locator('#Search .hit').first().waitFor()
    await page.keyboard.press('Enter')
    await page.waitForURL((url) => !url.pathname.includes('/source/'))
    assert.match(page.url().slice(home.length), /^src.*#planner/)
    await page.goto(`${home}index.html`)
    await page.getByRole('link', { name: 'Files of the repository' }).click()
    await page.getByRole('link', { name: 'guide.md' }).click()
    assert.equal(page.url(), `${home}source/docs/guide.md.html`)
    await page.getByRole('link', { name: 'Files', exact: true }).click()
    assert.equal(page.url(), `${home}source.html`)
    for (const file of HOSTILE) {
      await page.goto(`${home}source/${nameOf(file)}.html`)
      assert.match((await page.locator('#L1').textContent()) ?? '', /^export function odd/)
    }
  })
  assert.deepEqual(troubles, [])
})

test('the archive of the set holds the files, where the links of its Markdown lead', async () => {
  const root = await unpack('.zip')
  assert.equal(readFileSync(path.join(root, 'source/src/planner.ts'), 'utf8'), planner)
  const pages = set.manifest.pages.map(({ file }) => readFileSync(path.join(root, file), 'utf8')).join('\n')
  const links = [...pages.matchAll(/\]\((source\/[^)#]+)/g)].map((match) => match[1] ?? '')
  assert.ok(links.length > 30)
  for (const link of new Set(links)) assert.ok(readFileSync(path.join(root, link)).length > 0, link)
})
