import assert from 'node:assert/strict'
import { test } from 'node:test'
import { partition } from '#generate/partition/partition.ts'
import { component, document, edge, file, sample, subject } from './sample.ts'

const plan = file(
  'src/planner/plan.ts',
  'export class Planner {\n  plan() {}\n  limit = 3; count = 0\n}\nfunction pickWindow() {}\n',
)
const kepler = file('src/dynamics/kepler.ts', 'export function solve() {}\nexport const G = 1\n')
const main = file(
  'src/cli/main.ts',
  'import { Planner } from "../planner/plan.ts"\nconst burns = new Planner(3).plan(from)\n',
)
const spec = file('test/plan.test.ts', 'new Planner()\n')
const planner = component(plan, 'Planner', {
  kind: 'class',
  signature: 'class Planner',
  doc: 'Plans one flight.\n\nUses `solve` of `Planner`.',
})
const orbit = sample(
  [
    plan,
    kepler,
    main,
    spec,
    file(
      'README.md',
      '<p align="center"><img src="x.png"></p>\n\n# Orbit\n\n[![b](https://b)](https://b)\n\nOrbit computes *transfer orbits* between two bodies, see [the guide](docs/guide.md).\n\nMore.',
    ),
    file('docs/guide.md', '# Guide'),
    file('LICENSE', 'Permission is hereby granted, free of charge, to any person obtaining a copy', {
      role: 'docs',
      language: null,
    }),
    file(
      'package.json',
      JSON.stringify({
        name: 'orbit',
        bin: { orbit: './src/cli/main.ts' },
        exports: { '.': './dist/index.js' },
        scripts: { test: 'node --test', build: 'tsc' },
      }),
    ),
    file('Dockerfile', 'FROM node:20\nCOPY . /orbit\nEXPOSE 8080\n', { role: 'container', language: 'dockerfile' }),
    file('native/fast.c', 'int main() {}\n'.repeat(10)),
  ],
  [
    planner,
    component(plan, 'Planner.plan', {
      kind: 'method',
      doc: 'Burns in order of time.',
      signature: 'plan(from: State): Burn[]',
    }),
    component(plan, 'Planner.limit', { kind: 'field', signature: 'limit: number', doc: 'Most burns of a flight.' }),
    component(plan, 'Planner.count', { kind: 'field', signature: 'count: number' }),
    component(plan, 'pickWindow', { exported: false }),
    component(kepler, 'solve', { doc: 'Finds where a body is at a time.' }),
    component(kepler, 'G', { kind: 'constant', signature: 'const G: number' }),
  ],
  [
    edge(main.path, plan.path, { kind: 'imports' }),
    edge(main.path, `${plan.path}#Planner`, { kind: 'instantiates' }),
    edge(main.path, `${plan.path}#Planner.plan`),
    edge(`${plan.path}#Planner.plan`, `${kepler.path}#solve`),
    edge(spec.path, `${plan.path}#Planner`, { kind: 'tests' }),
    edge(kepler.path, main.path, { origin: 'unique-name', confidence: 0.3 }),
  ],
  { [plan.path]: 'Plans flights: given two orbits, the burns that lead from one to the other.' },
)
const whole = document(orbit)
const overview = whole.markdown.get('overview.md') ?? ''
const page = [...whole.markdown.values()].find((markdown) => markdown.includes('#### `Planner.plan`')) ?? ''

test('a good repository gives a set without a fault', () => {
  assert.deepEqual(whole.verification.faults, [])
  assert.ok(whole.verification.checked.internal_links > 10)
  assert.ok(whole.verification.checked.symbols > 3)
})

test('the overview begins with the words of the README, without badges and pictures', () => {
  assert.match(
    overview,
    /^# orbit\n\nOrbit computes _transfer orbits_ between two bodies, see \[the guide\]\(https:\/\/example\.org\/acme\/orbit\/blob\/3f9c2ab0+\/docs\/guide\.md\)\.\n/,
  )
  assert.doesNotMatch(overview, /x\.png|https:\/\/b\b/)
})

test('the overview says licence, commit, commands, scripts, container and what is not analysed', () => {
  assert.match(overview, /\[MIT\]\(/)
  assert.match(overview, /commit `3f9c2ab` of `main`, 2026-10-02/)
  assert.match(overview, /^`orbit` \(\[`src\/cli\/main\.ts`\]/m)
  assert.match(overview, /`npm run build` \(`tsc`\), `npm test` \(`node --test`\)/)
})

test('an exported component has a heading, its signature, its comment, its lines and its users', () => {
  assert.match(
    page,
    /### `Planner`\n\n```typescript\nclass Planner\n```\n\nPlans one flight\.\n\nUses \[`solve`\]\(#solve\) of `Planner`\.\n\nClass in \[.*line 1\]\(.*plan\.ts#L1\)/,
  )
  assert.match(
    page,
    /#### `Planner\.plan`\n\n```typescript\nplan\(from: State\): Burn\[\]\n```\n\nBurns in order of time\./,
  )
  assert.match(page, /- \[`limit`\]\(.*#L3\) `number`: Most burns of a flight\./)
  assert.match(page, /^Also defined here: \[`count`\]\(.*#L3\) `number`$/m)
  assert.match(page, /### Also defined here\n\n.*\[`pickWindow`\]\(.*#L5\)/)
})

test('every component is in the index, with the anchor of its heading, of its line, or of the heading above its name', () => {
  const entries = new Map(whole.written.index.map((entry) => [entry.id, entry.anchor]))
  assert.equal(entries.size, orbit.analysis.components.length)
  assert.equal(entries.get(`${plan.path}#Planner.plan`), 'plannerplan')
  assert.equal(entries.get(`${plan.path}#Planner.limit`), 'plannerlimit')
  assert.equal(entries.get(`${plan.path}#Planner.count`), 'planner')
  assert.equal(entries.get(`${plan.path}#pickWindow`), 'also-defined-here-1')
})

test('a guess is neither drawn nor counted', () => {
  const [module] = partition(orbit.inventory, orbit.analysis, subject).children
  assert.ok(module)
  for (const { mermaid, nodes } of whole.written.diagrams) {
    const id = (path: string): string | undefined => Object.keys(nodes).find((key) => nodes[key]?.join() === path)
    assert.doesNotMatch(mermaid, new RegExp(`${id(kepler.path)} -->\\S* ${id(main.path)}$`, 'm'))
  }
})

test('the same input gives the same bytes', () => {
  const again = document(orbit)
  assert.deepEqual(again.markdown, whole.markdown)
  assert.deepEqual(again.data, whole.data)
})

test('the data files have the promised forms and order', () => {
  const graph = JSON.parse(whole.data.get('graph.json') ?? '')
  assert.equal(graph.version, 2)
  assert.equal(Object.keys(graph).join(), 'version,commit,files,components,edges,artifacts,artifact_edges')
  assert.deepEqual(
    graph.components.map((one: { id: string }) => one.id),
    orbit.analysis.components.map((one) => one.id),
  )
  assert.deepEqual(graph.components.find((one: { id: string }) => one.id === planner.id).summary, 'Plans one flight.')
  const metadata = JSON.parse(whole.data.get('metadata.json') ?? '')
  assert.equal(metadata.generation_info.timestamp, '2026-10-02T08:00:00.000Z')
  assert.ok(metadata.files_generated.includes('overview.md') && metadata.files_generated.includes('graph.json'))
  const tree = JSON.parse(whole.data.get('module_tree.json') ?? '')
  const [slug] = Object.keys(tree)
  assert.ok(whole.markdown.has(`${slug}.md`))
  assert.equal(
    Object.keys(JSON.parse(whole.data.get('index.json') ?? '')[0]).join(),
    'id,kind,file,start_line,end_line,page,anchor',
  )
  assert.match(whole.data.get('llms.txt') ?? '', /^# acme\/orbit\n\n> Orbit computes transfer orbits/)
})

test('the tree of the sidebar leads to pages that are there', () => {
  const files = whole.written.tree.map((node) => node.file)
  assert.ok(files.length > 0)
  for (const name of files) assert.ok(whole.markdown.has(name), name)
})

test('a repository that is not on the web gets places instead of links', () => {
  const local = document(orbit, () => null)
  assert.deepEqual(local.verification.faults, [])
  assert.doesNotMatch([...local.markdown.values()].join(''), /\/blob\//)
})

test('a repository without code, and one without files, still get an overview', () => {
  const prose = document(sample([file('README.md', '# Notes\n\nOnly some notes that somebody took.')]))
  assert.deepEqual([...prose.markdown.keys()], ['overview.md'])
  assert.match(prose.markdown.get('overview.md') ?? '', /Only some notes that somebody took/)
  const empty = document(sample([]))
  assert.match(empty.markdown.get('overview.md') ?? '', /contains no files/)
  assert.deepEqual([prose.verification.fault_count, empty.verification.fault_count], [0, 0])
})

test('a file with thousands of exported names stays readable for a browser, and none is lost', () => {
  const names = Array.from({ length: 9_000 }, (_, index) => `generated_name_${index}`)
  const big = file('src/big.ts', names.join('\n'))
  const { verification, markdown } = document(
    sample(
      [big],
      names.map((name) => component(big, name, { doc: 'What it does. '.repeat(30) })),
    ),
  )
  assert.deepEqual(verification.faults, [])
  assert.equal(verification.checked.entries, 9_000)
  for (const text of markdown.values()) assert.ok(text.length < 1_000_000, `${text.length}`)
})

test('files with much to say get pages of their own when their module is large, small ones stay on its page', () => {
  const doc = 'Does one thing, and says at length which. '.repeat(20)
  const large = ['src/core/A.ts', 'src/core/a.ts', 'src/core/deep/b.ts'].map((path) => {
    const names = Array.from({ length: 30 }, (_, index) => `name_${path.length}_${index}`)
    const owner = file(path, names.join('\n'))
    return { owner, components: names.map((name) => component(owner, name, { doc })) }
  })
  const small = file('src/core/small.ts', 'tiny\nbare')
  const { markdown, verification, written } = document(
    sample(
      [...large.map(({ owner }) => owner), small],
      [
        ...large.flatMap(({ components }) => components),
        component(small, 'tiny', { doc: 'Holds one grain of sand.' }),
        component(small, 'bare'),
      ],
    ),
  )
  assert.deepEqual(verification.faults, [])
  const own = [...markdown.keys()].filter((name) => name.includes('--'))
  assert.equal(own.length, 3)
  assert.equal(new Set(own.map((name) => name.toLowerCase())).size, 3)
  const module = [...markdown].find(([name]) => name !== 'overview.md' && !name.includes('--'))
  assert.match(module?.[1] ?? '', /### `tiny`/)
  assert.match(module?.[1] ?? '', /\n### Also defined here\n\n- \[`bare\(\): void`\]\([^)]*small\.ts#L2\)\n/)
  assert.doesNotMatch(module?.[1] ?? '', /## `name_13_0`/)
  for (const name of own) assert.match(markdown.get(name) ?? '', /\n## `name_\d+_0`/)
  assert.deepEqual(
    written.tree[0]?.children.map((node) => node.file),
    own,
  )
})
