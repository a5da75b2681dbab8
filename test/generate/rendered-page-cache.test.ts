import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { after, before, describe, it } from 'node:test'
import { ResultsCache } from '#generate/analyse/results-cache.ts'
import { RenderedPageCache } from '#generate/rendered-page-cache.ts'
import { PageRenderer, type PageResult } from '#markdown/render-pages.ts'
import { createStepCache } from '#store/step-cache.ts'

const [ONE, TWO] = ['1a', '2b'].map((pair) => pair.repeat(20)) as [string, string]
const pagesOf = (commit: string, last = 'end'): { markdown: string }[] =>
  [
    `# A\n\n[a.ts](https://git.invalid/o/r/blob/${commit}/a.ts#L1) of \`${commit}\`\n\n## Part\n\n- [x](b.md#y) \`code\` \`code\`\n`,
    `# B\n\nÜbersicht 概要\n\n\`\`\`mermaid\ngraph LR\n  ${commit}\n\`\`\`\n\n## Nothing\n`,
    `# C\n\n${last}\n`,
  ].map((markdown) => ({ markdown }))
const FILES = [
  { text: 'const a = 1\n', language: 'typescript' },
  { text: 'words\n', language: null },
]

/** With bytes of one class. */
const plain = (results: PageResult[]): unknown =>
  results.map((page) => ({ ...page, html: { ...page.html, gzip: [...page.html.gzip] } }))

describe('rendered pages and files are kept', () => {
  const threads = new PageRenderer()
  let cache: ResultsCache
  let folder: string
  /** What the threads were asked for. */
  let asked: string[] = []
  const counted = {
    render: (...[pages, onPage]: Parameters<PageRenderer['render']>): Promise<PageResult[]> => {
      const all = [...pages]
      asked.push(...all.map(({ markdown }) => markdown.slice(0, 3)))
      return threads.render(all, onPage)
    },
    colour: (files: Parameters<PageRenderer['colour']>[0]): Promise<Uint8Array[]> => {
      asked.push(...files.map(({ text }) => text))
      return threads.colour(files)
    },
  }

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'docspool-test-'))
    cache = new ResultsCache(createStepCache(folder, { scope: 'one' }), 'r')
  })
  after(async () => {
    await threads.close()
    await rm(folder, { recursive: true })
  })

  async function generation(commit: string, pages: { markdown: string }[]) {
    asked = []
    const kept = await RenderedPageCache.read(counted, commit, cache)
    const progress: number[] = []
    const results = await kept.render(pages, (done) => progress.push(done))
    // Highlighting may still be going on when the pages are done.
    const [colours] = await Promise.all([kept.colour(FILES), kept.write()])
    return { results, colours, progress }
  }

  it('of the next commit only what changed is rendered, and all is as if it had been', async () => {
    await generation(ONE, pagesOf(ONE))
    assert.deepEqual(asked, ['# A', '# B', '# C', 'const a = 1\n', 'words\n'])
    const pages = pagesOf(TWO, 'another end')
    const { results, colours, progress } = await generation(TWO, pages)
    assert.deepEqual(asked, ['# C', 'words\n'])
    assert.deepEqual(plain(results), plain(await threads.render(pages)))
    assert.deepEqual(colours, await threads.colour(FILES))
    assert.deepEqual(progress, [3])
  })

  it('what a generation does not use is not kept for the one after the next', async () => {
    await generation(ONE, pagesOf(ONE, 'first'))
    await generation(ONE, pagesOf(ONE).slice(0, 2))
    await generation(ONE, pagesOf(ONE, 'first'))
    assert.deepEqual(asked, ['# C', 'words\n'])
  })

  it('a page that shows its source, or could be taken for one of another commit, is rendered each time', async () => {
    const stand = createHash('sha1').update('any commit').digest('hex')
    const written = stand.replace('a', '&#97;')
    const pages = [`# A ${stand}\n`, `# B ${written}\n`, `${'>'.repeat(2_000)} deep\n`].map((markdown) => ({
      markdown,
    }))
    const { results } = await generation(ONE, pages)
    assert.deepEqual(
      results.map(({ fallback }) => fallback === null),
      [true, true, false],
    )
    await generation(ONE, pages)
    assert.deepEqual(asked, ['# A', '# B', '>>>', 'words\n'])
  })
})
