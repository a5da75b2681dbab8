import assert from 'node:assert/strict'
import { readdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { after, before, describe, it } from 'node:test'
import { JSDOM } from 'jsdom'
import { documentRepository, readSet } from '../support/client.ts'
import { diagramsOf, faultOf } from '../support/mermaid.ts'
import { makeNastyRepository } from '../support/nasty-names.ts'
import { pathologicalMarkdown } from '../support/pathological-markdown.ts'
import { commitTree, makeRepository, writeObject, writeTree } from '../support/repositories.ts'
import { walkSet } from '../support/walk-links.ts'
import { createWorld, type World } from '../support/world.ts'

let world: World
before(async () => {
  world = await createWorld()
})
after(() => world.close())

async function documentSet(name: string): Promise<Map<string, string>> {
  const job = await documentRepository(world.origin, { repo_url: world.urlOf(name) })
  assert.equal(job.status, 'completed', `${job.error_code} ${job.error_message}`)
  const walked = await walkSet(world.origin, job.docs_path ?? '')
  assert.deepEqual(walked.faults, [])
  const set = await readSet(world.origin, job.docs_path ?? '')
  for (const [file, text] of set) {
    if (!file.endsWith('.md')) continue
    for (const diagram of diagramsOf(text)) assert.equal(await faultOf(diagram), undefined, diagram)
  }
  return set
}

/** Without a walk along every link. */
async function plainSet(name: string): Promise<Map<string, string>> {
  const job = await documentRepository(world.origin, { repo_url: world.urlOf(name) })
  assert.equal(job.status, 'completed', `${job.error_code} ${job.error_message}`)
  return readSet(world.origin, job.docs_path ?? '')
}

/** No element or attribute that acts, but for the site's own scripts. */
function assertInert(html: string): void {
  const { document } = new JSDOM(html).window
  for (const element of document.querySelectorAll('*')) {
    assert.ok(!['IMG', 'IFRAME', 'OBJECT', 'STYLE', 'BASE'].includes(element.tagName), element.outerHTML)
    if (element.tagName === 'SCRIPT') assert.match(element.getAttribute('src') ?? '', /^\/assets\//)
    for (const { name, value } of element.attributes) {
      assert.ok(!name.startsWith('on') && name !== 'style', element.outerHTML)
      assert.doesNotMatch(value, /^\s*(?:javascript|data|vbscript):/i, element.outerHTML)
    }
  }
}

describe('a hostile repository', () => {
  it('without any code becomes a set', async () => {
    await makeRepository(path.join(world.root, 'test/prose.git'), {
      'README.md': '# Only words\n\nThis repository holds prose and nothing else.\n',
    })
    const set = await documentSet('prose')
    assert.ok(set.get('overview.md')?.includes('prose and nothing else.'))
  })

  it('with only binary files becomes a set', async () => {
    await makeRepository(path.join(world.root, 'test/binary.git'), {
      'a.bin': Uint8Array.from([0, 1, 2, 255]),
      'b.py': Uint8Array.from([0, 0, 0, 0]),
    })
    await documentSet('binary')
  })

  it('with a tree 1,000 folders deep becomes a set of what is less deep', async () => {
    const folder = path.join(world.root, 'test/deep.git')
    await makeRepository(folder, [])
    const file = async (name: string, text: string) => ({
      ...{ mode: '100644', name },
      id: await writeObject(folder, 'blob', text),
    })
    let id = await writeTree(folder, [await file('deep.py', 'def deep():\n    return 1\n')])
    for (let depth = 1; depth < 1_000; depth += 1) id = await writeTree(folder, [{ mode: '40000', name: 'd', id }])
    const near = await file('near.py', 'def near():\n    return 1\n')
    await commitTree(folder, await writeTree(folder, [{ mode: '40000', name: 'd', id }, near]))
    const index = (await documentSet('deep')).get('index.json')
    assert.deepEqual([index?.includes('#near'), index?.includes('#deep')], [true, false])
  })

  it('with names of quotes, line breaks and HTML keeps the pages intact', async () => {
    const names = [
      'src/a "quoted".py',
      'src/line\nbreak.py',
      'src/<img src=x onerror=alert(1)>.py',
      'src/back`tick.py',
      'src/pipe|and[link](javascript:alert(1)).py',
      'src/end.py',
      'src/__proto__.py',
      "src/it's #1 & ;rm -rf.py",
      'src/$(touch pwned).ts',
      'docs/\u202egnp.md',
    ]
    await makeRepository(
      path.join(world.root, 'test/names.git'),
      Object.fromEntries(
        names.map((name, index) => [
          name,
          name.endsWith('.ts')
            ? `export const v${index} = 1\n`
            : `def f${index}():\n    """<b>doc</b> <script>alert(2)</script>"""\n`,
        ]),
      ),
    )
    const set = await documentSet('names')
    for (const [file, text] of set) {
      if (file.endsWith('as HTML')) assertInert(text)
    }
  })

  it('with links to /etc/passwd and submodules reads nothing outside itself', async () => {
    await makeRepository(path.join(world.root, 'test/links.git'), {
      'README.md': { symlink: '/etc/passwd' },
      'src/passwd.py': { symlink: '../../../../../../etc/passwd' },
      'src/zero.py': { symlink: '/dev/zero' },
      'src/self.py': { symlink: 'self.py' },
      'vendor/mod': { submodule: 'a'.repeat(40) },
      'real.py': 'def real():\n    pass\n',
    })
    const set = await documentSet('links')
    for (const text of set.values()) assert.ok(!text.includes('root:x:'))
    assert.ok(set.get('index.json')?.includes('real.py#real'))
  })

  it('with odd line breaks links the lines that git counts, and reads no pointer of Git LFS as code', async () => {
    await makeRepository(path.join(world.root, 'test/lines.git'), {
      'ls.ts': "export const first = 'a\u2028b'; export const more = '\u2029'\nexport const second = 2\n",
      'cr.ts': 'export const one = 1\rexport const two = 2\n',
      'lfs.py': `version https://git-lfs.github.com/spec/v1\noid sha256:${'a'.repeat(64)}\nsize 5\n`,
    })
    const set = await documentSet('lines')
    const index = JSON.parse(set.get('index.json') ?? '[]') as { id: string; start_line: number }[]
    const lines = Object.fromEntries(index.map((entry) => [entry.id, entry.start_line]))
    assert.deepEqual(lines, { 'cr.ts#one': 1, 'cr.ts#two': 1, 'ls.ts#first': 1, 'ls.ts#more': 1, 'ls.ts#second': 2 })
    assert.equal(JSON.parse(set.get('verification.json') ?? '{}').faults.length, 0)
  })

  it('with names that git programs have taken for something else reads and writes nothing outside itself', async () => {
    const canary = path.join(world.root, 'canary')
    await writeFile(canary, 'what no job may read')
    await makeNastyRepository(path.join(world.root, 'test/nasty.git'), canary)
    const before = await readdir(world.root, { recursive: true })
    const set = await plainSet('nasty')
    assert.ok(set.get('index.json')?.includes('honest.py#honest'))
    for (const text of set.values()) assert.ok(!text.includes('what no job may read'))
    assert.deepEqual(await readdir(world.root, { recursive: true }), before)
  })

  it('with a README that parsers choke on becomes a set', async () => {
    const texts = Object.values(pathologicalMarkdown(400)).map((text) => text.slice(0, 20_000).replaceAll('\0', ''))
    const docs = texts.map((text) => text.slice(0, 150).replace(/["\\\n]/g, ' '))
    await makeRepository(path.join(world.root, 'test/readme.git'), {
      'README.md': `# Title\n\n${texts.join('\n\n')}\n`,
      'a.py': `def a():\n    """Does a.\n\n    ${docs.join('\n\n    ')}\n    """\n`,
    })
    const set = await plainSet('readme')
    assert.ok(set.get('index.json')?.includes('a.py#a'))
  })

  it('that is empty fails with a clear code', async () => {
    await makeRepository(path.join(world.root, 'test/empty.git'), [])
    const job = await documentRepository(world.origin, { repo_url: world.urlOf('empty') })
    assert.deepEqual([job.status, job.error_code], ['failed', 'EMPTY_REPOSITORY'])
  })

  it('whose code is nested without end still becomes a set', async () => {
    const deep = (open: string, close: string): string => open.repeat(100_000) + close.repeat(100_000)
    await makeRepository(path.join(world.root, 'test/nested.git'), {
      'a.ts': `export const a = ${deep('[', ']')}\n`,
      'b.py': `x = ${deep('(', ')')}\n`,
      'c.ts': 'export const fine = 1\n',
      'README.md': `${'> '.repeat(20_000)}deep\n\n${'`'.repeat(500_000)}\n`,
    })
    const set = await documentSet('nested')
    assert.ok(set.get('index.json')?.includes('c.ts#fine'))
  })
})
