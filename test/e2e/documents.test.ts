import assert from 'node:assert/strict'
import { rm } from 'node:fs/promises'
import path from 'node:path'
import { after, before, describe, it } from 'node:test'
import { documentRepository, post, readSet } from '../support/client.ts'
import { diagramsOf, faultOf } from '../support/mermaid.ts'
import { makeRepository } from '../support/repositories.ts'
import { walkSet } from '../support/walk-links.ts'
import { createWorld, type World } from '../support/world.ts'

let world: World
before(async () => {
  world = await createWorld()
})
after(() => world.close())

const files = {
  'README.md':
    '# Orbit\n\nOrbit computes transfer orbits.\n\n![x](http://evil.example/x.png) <script>alert(1)</script>\n',
  'package.json':
    '{"name":"orbit","version":"1.0.0","license":"MIT","main":"src/index.ts","scripts":{"test":"node --test"}}',
  'src/index.ts': "/** Everything public. */\nexport { Planner } from './planner.ts'\nexport * from './bodies.ts'\n",
  'src/planner.ts':
    "import { type Body, earth } from './bodies.ts'\n\n/** Plans one flight at a time. See {@link Body}. */\nexport class Planner {\n  /** Burns in order of time. */\n  plan(from: Body = earth): number {\n    return mass(from)\n  }\n}\n\nfunction mass(body: Body): number {\n  return body.mass\n}\n",
  'src/bodies.ts':
    '/** A planet or a moon. */\nexport interface Body { name: string; mass: number }\n\n/** Home. */\nexport const earth: Body = { name: "Earth", mass: 5.97e24 }\n',
  'python/orbit/__init__.py': '"""The same from Python."""\nfrom .plan import Planner\n\n__all__ = ["Planner"]\n',
  'python/orbit/plan.py':
    'class Planner:\n    """Plans flights.\n\n    :param origin: where from\n    """\n\n    def plan(self, origin: str) -> "Burn":\n        return Burn(origin)\n\n\nclass Burn:\n    """One burn."""\n\n    def __init__(self, at: str) -> None:\n        self.at = at\n',
  'native/orbit.c': '#include <math.h>\ndouble orbit(double a) { return sqrt(a); }\n',
}

describe('a set', () => {
  it('is complete and right: links, anchors, source lines, diagrams', async () => {
    await makeRepository(path.join(world.root, 'test/orbit.git'), files)
    const job = await documentRepository(world.origin, { repo_url: world.urlOf('orbit') })
    assert.equal(job.status, 'completed', `${job.error_code} ${job.error_message}`)
    const docsPath = job.docs_path ?? ''

    const walked = await walkSet(world.origin, docsPath)
    assert.deepEqual(walked.faults, [])
    assert.ok(walked.pages >= 3, `${walked.pages} pages`)
    assert.ok(walked.sourceLinks > 5, `${walked.sourceLinks} links to lines`)
    assert.ok(walked.anchors > 3, `${walked.anchors} anchors`)

    const set = await readSet(world.origin, docsPath)
    const names = [...set.keys()]
    for (const name of [
      'overview.md',
      'module_tree.json',
      'metadata.json',
      'graph.json',
      'index.json',
      'verification.json',
      'llms.txt',
      'llms-full.txt',
      'search.json',
    ]) {
      assert.ok(names.includes(name), `${name} is there`)
    }
    const diagrams = [...set].filter(([name]) => name.endsWith('.md')).flatMap(([, text]) => diagramsOf(text))
    assert.ok(diagrams.length > 0)
    for (const diagram of diagrams) assert.equal(await faultOf(diagram), undefined, diagram)
  })

  it('names every exported symbol and knows who uses it', async () => {
    const base = new URL('/static-docs/', world.origin)
    const job = await documentRepository(world.origin, { repo_url: world.urlOf('orbit') })
    const docs = new URL(job.docs_path ?? '', base)
    const graph = (await (await fetch(new URL('graph.json', docs))).json()) as {
      components: { id: string; exported: boolean }[]
      edges: { from: string; to: string; kind: string }[]
    }
    const index = (await (await fetch(new URL('index.json', docs))).json()) as { id: string }[]
    const exported = graph.components.filter((component) => component.exported).map((component) => component.id)
    for (const id of ['src/planner.ts#Planner.plan', 'src/bodies.ts#earth', 'python/orbit/plan.py#Planner.plan']) {
      assert.ok(exported.includes(id), id)
    }
    const indexed = new Set(index.map((entry) => entry.id))
    assert.deepEqual(
      exported.filter((id) => !indexed.has(id)),
      [],
    )
    const has = (from: string, to: string, kind: string): boolean =>
      graph.edges.some((edge) => edge.from === from && edge.to === to && edge.kind === kind)
    assert.ok(has('src/planner.ts#Planner.plan', 'src/planner.ts#mass', 'calls'))
    assert.ok(has('python/orbit/plan.py#Planner.plan', 'python/orbit/plan.py#Burn', 'instantiates'))
    assert.ok(has('src/index.ts', 'src/planner.ts', 'imports'))
  })

  it('holds no markup and no image of the repository', async () => {
    const job = await documentRepository(world.origin, { repo_url: world.urlOf('orbit') })
    for (const [name, text] of await readSet(world.origin, job.docs_path ?? '')) {
      if (!name.endsWith('as HTML')) continue
      assert.ok(!text.includes('<script>alert'), name)
      // A picture from elsewhere is a link, and not loaded.
      assert.doesNotMatch(text, /<img|(?:src|srcset|poster|style)="[^"]*evil\.example/, name)
    }
  })

  it('is the same, byte for byte, when it is made again', async () => {
    const first = await documentRepository(world.origin, { repo_url: world.urlOf('orbit') })
    const before_ = await readSet(world.origin, first.docs_path ?? '')
    const { body } = await post(world.origin, { repo_url: world.urlOf('orbit'), force: true })
    assert.equal(body.outcome, 'created')
    const second = await documentRepository(world.origin, { repo_url: world.urlOf('orbit') })
    assert.equal(second.status, 'completed')
    assert.ok(second.epoch > first.epoch)
    assert.deepEqual(await readSet(world.origin, second.docs_path ?? ''), before_)
  })

  it('answers from the cache at once', async () => {
    const { status, body } = await post(world.origin, { repo_url: `${world.urlOf('orbit')}.git` })
    assert.equal(status, 200)
    assert.equal(body.outcome, 'cached')
  })

  it('is made again when somebody has deleted it', async () => {
    await rm(path.join(world.docspool.spoolDir, 'docs'), { recursive: true })
    const { body } = await post(world.origin, { repo_url: world.urlOf('orbit') })
    assert.equal(body.outcome, 'created')
    const job = await documentRepository(world.origin, { repo_url: world.urlOf('orbit') })
    assert.equal(job.status, 'completed')
    assert.equal((await fetch(new URL(job.docs_path ?? '', world.origin))).status, 200)
  })

  it('shows the commit that was asked for', async () => {
    const { commits } = await makeRepository(path.join(world.root, 'test/two.git'), [
      { files: { 'a.py': 'def first(): pass\n' }, tag: 'v1' },
      { files: { 'a.py': 'def second(): pass\n' } },
    ])
    for (const [commit_id, id] of [
      [commits[0], 'a.py#first'],
      [commits[0]?.slice(0, 9), 'a.py#first'],
      ['v1', 'a.py#first'],
      ['main', 'a.py#second'],
    ] as const) {
      const job = await documentRepository(world.origin, { repo_url: world.urlOf('two'), commit_id: commit_id ?? '' })
      assert.equal(job.status, 'completed', `${commit_id}: ${job.error_code} ${job.error_message}`)
      const index = await (await fetch(new URL(`${job.docs_path}index.json`, world.origin))).text()
      assert.ok(index.includes(id), `${commit_id} ${index}`)
    }
  })

  it('says which commit or repository there is not', async () => {
    const noCommit = await documentRepository(world.origin, { repo_url: world.urlOf('two'), commit_id: 'nope' })
    assert.deepEqual([noCommit.status, noCommit.error_code], ['failed', 'NO_SUCH_COMMIT'])
    assert.ok((noCommit.hint ?? '').length > 0)
    const missing = await documentRepository(world.origin, { repo_url: world.urlOf('missing') })
    assert.deepEqual([missing.status, missing.error_code], ['failed', 'REPOSITORY_NOT_FOUND'])
    const again = await post(world.origin, { repo_url: world.urlOf('missing') })
    assert.equal(again.status, 429)
  })
})
