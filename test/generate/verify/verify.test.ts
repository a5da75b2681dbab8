import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { embedSources } from '#generate/embedded-sources/embed-sources.ts'
import type { Page } from '#generate/model.ts'
import { writePages } from '#generate/pages/pages.ts'
import { partition } from '#generate/partition/partition.ts'
import { relationsOf } from '#generate/verify/relations.ts'
import { type Verified, type VerifyInput, verify } from '#generate/verify/verify.ts'
import { renderMarkdown } from '#markdown/render.ts'
import { component, document, edge, file, link, sample, subject } from '../pages/sample.ts'

const a = file('src/a.ts', 'export function first() {}\n')
const b = file('src/b.ts', 'export function second() {}\nexport function third() {}\n')
const c = file('src/c.ts', 'export function last() {}\n')
const input = sample(
  [a, b, c],
  [component(a, 'first'), component(b, 'second'), component(b, 'third'), component(c, 'last')],
  [
    edge(`${a.path}#first`, `${b.path}#second`),
    edge(`${a.path}#first`, `${c.path}#last`),
    edge(`${b.path}#third`, `${c.path}#last`),
  ],
)
const root = partition(input.inventory, input.analysis, subject)
const written = writePages({ packages: [], subject, link, root, ref: null, ...input })
const good: VerifyInput = { ...written, ...input, link }

/** Verify with the Markdown of every page changed. */
function after(change: (markdown: string) => string): Verified {
  return verify({ ...good, pages: good.pages.map((page): Page => ({ ...page, markdown: change(page.markdown) })) })
}

function kinds({ verification }: Verified): string[] {
  return [...new Set(verification.faults.map((fault) => fault.kind))].sort()
}

test('a good set has no fault and is not changed', () => {
  const result = verify(good)
  assert.deepEqual(result.verification.faults, [])
  assert.deepEqual(result.pages, written.pages)
  assert.equal(result.verification.checked.entries, 4)
  assert.equal(result.verification.checked.diagram_edges, 3)
})

test('links to pages and anchors that are not there are found and become text', () => {
  const result = after((markdown) => `${markdown}\nSee [one](gone.md), [two](#gone) and [three](overview.md#gone).\n`)
  assert.deepEqual(kinds(result), ['broken_link'])
  assert.equal(result.verification.repaired, 3 * written.pages.length)
  for (const page of result.pages) assert.match(page.markdown, /See one, two and three\.\n$/)
})

test('an address of another kind than web, mail or page becomes text', () => {
  const result = after((markdown) => `${markdown}\n[x](javascript:alert(1)) [y](file:///etc/passwd)\n`)
  assert.deepEqual(kinds(result), ['unsafe_link'])
  for (const page of result.pages) assert.match(page.markdown, /x y\n$/)
})

test('a link to a source file that the inventory does not have is found', () => {
  const result = after((markdown) => `${markdown}\n[x](${link('src/gone.ts')})\n`)
  assert.deepEqual(kinds(result), ['source_path'])
})

test('lines after the end of a file and lines without the name are found', () => {
  const sources = written.sources.map((source) => (source.symbol === 'first' ? { ...source, endLine: 99 } : source))
  assert.deepEqual(kinds(verify({ ...good, sources })), ['source_lines'])
  const moved = written.sources.map((source) =>
    source.symbol === 'second' ? { ...source, startLine: 2, endLine: 2 } : source,
  )
  assert.deepEqual(kinds(verify({ ...good, sources: moved })), ['source_symbol'])
})

test('an indexer of C# has its name where its parameters stand in it', () => {
  const list = file('src/list.cs', 'class List {\n  int this[int index] => 1;\n  int other;\n}\n', {
    language: 'csharp',
  })
  const indexer = component(list, 'List.this[]', {
    kind: 'method',
    startLine: 2,
    endLine: 2,
    doc: 'Gives what is at a place.',
  })
  const of = (startLine: number): string[] => {
    const parts = sample(
      [list],
      [component(list, 'List', { kind: 'class' }), { ...indexer, startLine, endLine: startLine }],
    )
    return document(parts).verification.faults.map(({ kind }) => kind)
  }
  assert.deepEqual(of(2), [])
  assert.deepEqual(of(3), ['source_symbol'])
})

test('what a type of TypeScript declares without a name has none in its lines', () => {
  const list = file('src/list.ts', 'export interface List {\n  (n: number): string\n  [key: string]: unknown\n}\n')
  const of = { kind: 'method', exported: true } as const
  const members = ['List.[call]', 'List.[index]'].map((name, at) =>
    component(list, name, { ...of, startLine: at + 2, endLine: at + 2 }),
  )
  const parts = sample([list], [component(list, 'List', { kind: 'interface', exported: true }), ...members])
  assert.deepEqual(document(parts).verification.faults, [])
})

test('a link into the set that leads to another file, other lines, another text or nowhere is found', () => {
  const kept = embedSources(input.inventory)
  const own = writePages({ packages: [], subject, link: kept.link, root, ref: null, ...input })
  const whole: VerifyInput = { ...own, ...input, link: kept.link, kept: kept.files }
  assert.deepEqual(verify(whole).verification.faults, [])
  assert.ok(verify(whole).verification.checked.symbols > 0)
  assert.deepEqual(kinds(verify({ ...whole, kept: kept.files.slice(1) })), ['source_path'])
  const swapped = kept.files.map((file, at) => ({ ...file, name: kept.files[1 - at]?.name ?? '' }))
  assert.deepEqual(kinds(verify({ ...whole, kept: swapped })), ['source_path'])
  const changed = kept.files.map((file) => ({ ...file, text: `${file.text}\n` }))
  assert.deepEqual(kinds(verify({ ...whole, kept: changed })), ['source_path'])
  const moved = own.sources.map((source) =>
    source.symbol === 'second' ? { ...source, startLine: 2, endLine: 2 } : source,
  )
  assert.deepEqual(kinds(verify({ ...whole, sources: moved })), ['source_path'])
  const pages = own.pages.map((page) => ({ ...page, markdown: `${page.markdown}\n[x](source/src/gone.ts#L1)\n` }))
  assert.deepEqual(kinds(verify({ ...whole, pages })), ['broken_link'])
})

test('a diagram that nobody drew, and an arrow that is not in the graph, are found', () => {
  assert.deepEqual(kinds(after((markdown) => markdown.replace('n1 -->', 'n2 -->'))), ['diagram_unknown'])
  const reversed = written.diagrams.map((diagram) => ({
    ...diagram,
    nodes: { n1: [b.path], n2: [a.path], n3: [c.path] },
  }))
  assert.deepEqual(kinds(verify({ ...good, diagrams: reversed })), ['diagram_edge'])
  const guessed = {
    ...input.analysis,
    edges: input.analysis.edges.map((one) => ({ ...one, origin: 'unique-name' as const })),
  }
  assert.deepEqual(kinds(verify({ ...good, analysis: guessed })), ['diagram_edge'])
})

test('an exported component without an entry, and an index entry without an anchor, are found', () => {
  assert.deepEqual(kinds(verify({ ...good, index: written.index.slice(1) })), ['index_anchor'])
  const wrong = written.index.map((entry) => ({ ...entry, anchor: written.index[0]?.anchor ?? '' }))
  assert.deepEqual(kinds(verify({ ...good, index: wrong })), ['missing_entry'])
})

test('what is in a deprecated type needs no entry, however deep it is', () => {
  const faultsOf = (details?: { deprecated: string }): string[] => {
    const lead = written.index[0]
    assert.ok(lead)
    const deep = file('src/d.ts', 'class Visits {\n  class Mode {\n    FIRST = 1\n  }\n}\n')
    const components = [
      component(deep, 'Visits', { kind: 'class', ...(details && { details }) }),
      component(deep, 'Visits.Mode', { kind: 'class', parent: `${deep.path}#Visits`, startLine: 2 }),
      component(deep, 'Visits.Mode.FIRST', { kind: 'field', parent: `${deep.path}#Visits.Mode`, startLine: 3 }),
    ]
    const index = [...written.index, ...components.map(({ id }) => ({ ...lead, id }))]
    const { verification } = verify({
      ...good,
      index,
      analysis: { ...input.analysis, components: [...input.analysis.components, ...components] },
    })
    return verification.faults.flatMap(({ kind, detail }) => (kind === 'missing_entry' ? [detail] : []))
  }
  assert.deepEqual(faultsOf(), ['src/d.ts#Visits', 'src/d.ts#Visits.Mode', 'src/d.ts#Visits.Mode.FIRST'])
  assert.deepEqual(faultsOf({ deprecated: 'Use another.' }), ['src/d.ts#Visits'])
})

test('a heading with nothing under it is found', () => {
  assert.deepEqual(kinds(after((markdown) => `${markdown}\n## Empty\n`)), ['empty_section'])
  assert.deepEqual(kinds(after((markdown) => `${markdown}\n### Empty\n\n## Full\n\nText\n`)), ['empty_section'])
})

describe('a diagram whose arrows are not those of the graph is found:', () => {
  const types = file(
    'src/types.ts',
    'export class Base {}\nexport class One {}\nexport interface Two {}\nrun() stop()\n',
  )
  const ids = Object.fromEntries(['Base', 'One', 'Two', 'run', 'stop'].map((name) => [name, `${types.path}#${name}`]))
  const { Base = '', One = '', Two = '', run = '', stop = '' } = ids
  const typed = sample(
    [types],
    Object.keys(ids).map((name) => component(types, name)),
    [
      edge(One, Base, { kind: 'extends' }),
      edge(One, Two, { kind: 'implements' }),
      edge(run, stop),
      edge(stop, run, { origin: 'unique-name' }),
    ],
  )
  const verdict = (mermaid: string, nodes: Record<string, readonly string[]>): string[] => {
    const page: Page = {
      file: 'x.md',
      title: 'x',
      module: null,
      about: 'overview',
      markdown: `\`\`\`mermaid\n${mermaid}\n\`\`\`\n`,
    }
    return kinds(
      verify({
        ...typed,
        link,
        index: [],
        sources: [],
        quoted: new Map(),
        pages: [page],
        diagrams: [{ page: 'x.md', mermaid, nodes }],
      }),
    ).filter((kind) => kind.startsWith('diagram'))
  }

  test('a box around nodes that is not closed', () => {
    const boxed = (end: string): string[] =>
      verdict(`flowchart LR\n  subgraph inside["x"]\n  n1["a"]${end}`, { n1: [types.path] })
    assert.deepEqual(boxed('\n  end'), [])
    assert.deepEqual(boxed(''), ['diagram_syntax'])
    assert.deepEqual(boxed('\n  end\n  end'), ['diagram_syntax'])
    assert.deepEqual(boxed('\n  end\n  Note over p1: x'), ['diagram_syntax'])
    assert.deepEqual(verdict('sequenceDiagram\n  participant p1 as x', { p1: [run] }), ['diagram_syntax'])
  })

  test('a use by a member of another class of the same name', () => {
    const [first, second, member] = [`${types.path}#A`, `${types.path}#A~2`, `${types.path}#A.m~2`]
    const classes = [component(types, 'A'), component(types, 'A', { id: second })]
    const methods = [component(types, 'A.m'), component(types, 'A.m', { id: member, parent: second })]
    const { analysis } = sample([types], [...classes, ...methods, component(types, 'stop')], [edge(member, stop)])
    const sources = new Map([[types.path, types]])
    const { uses } = relationsOf(analysis, sources)
    assert.deepEqual(
      [first, second, types.path].map((from) => uses(from, stop)),
      [false, true, true],
    )
  })

  test('an inheritance', () => {
    const types = (arrow: string): string => `flowchart RL\n  n1["One"]\n  n2(["Base"])\n  ${arrow}`
    assert.deepEqual(verdict(types('n1 --> n2'), { n1: [One], n2: [Base] }), [])
    assert.deepEqual(verdict(types('n1 -.-> n2'), { n1: [One], n2: [Two] }), [])
    assert.deepEqual(verdict(types('n1 --> n2'), { n1: [One], n2: [Two] }), ['diagram_edge'], 'of the other kind')
    assert.deepEqual(verdict(types('n1 --> n2'), { n1: [One, run], n2: [Base] }), ['diagram_edge'], 'of one of several')
    assert.deepEqual(verdict(types('n1 --> n2'), { n1: [One], n2: [Base, Two] }), ['diagram_edge'], 'from two bases')
    assert.deepEqual(verdict('flowchart TB\n  n1["One"]', { n1: [One] }), ['diagram_syntax'])
  })
})

test('a name in code style that the repository does not have is found, unless it is quoted', () => {
  const names = 'See `first`, `first()`, `src/b.ts`, `b.ts`, `src/`, `function`, `3f9c2ab`, two `plain words` and `42`.'
  assert.deepEqual(kinds(after((markdown) => `${markdown}\n${names}\n`)), [])
  for (const part of ['`b.ts/x`', '`rc/b.ts`', '`sr`', '`3f9c2a`'])
    assert.deepEqual(kinds(after((markdown) => `${markdown}\n${part}\n`)), ['unknown_identifier'], part)
  const checked = (result: Verified): number => result.verification.checked.identifiers
  assert.equal(checked(after((markdown) => `${markdown}\n${names}\n`)) > checked(verify(good)), true)
  const result = after((markdown) => `${markdown}\n\`gone.ts\` and \`nowhere\`\n`)
  assert.deepEqual(kinds(result), ['unknown_identifier'])
  assert.equal(result.verification.fault_count, 2 * written.pages.length)
  const quoted = new Map(written.pages.map(({ file }) => [file, new Map([['nowhere', 1]])]))
  const page = (markdown: string): VerifyInput => ({
    ...good,
    quoted,
    pages: good.pages.map((one): Page => ({ ...one, markdown: `${one.markdown}\n${markdown}\n` })),
  })
  assert.deepEqual(kinds(verify(page('`nowhere`'))), [])
  assert.deepEqual(kinds(verify(page('`nowhere`, quoted, and `nowhere`, our own'))), ['unknown_identifier'])
})

test('names after the limit of 500 searches are not counted as checked', () => {
  const page = (count: number): Verified => {
    const names = Array.from({ length: count }, (_, number) => `\`nowhere${number}\``)
    const pages = good.pages.map(
      (one, at): Page => ({
        ...one,
        markdown: at === 0 ? `${one.markdown}\n${names.join(' ')}\n` : one.markdown,
      }),
    )
    return verify({ ...good, pages })
  }
  const checked = ({ verification }: Verified): number => verification.checked.identifiers
  assert.equal(page(500).verification.fault_count, 500)
  assert.equal(page(600).verification.fault_count, 500)
  assert.equal(checked(page(600)), checked(page(500)))
})

test('what was read while rendering is judged like the Markdown itself; a page that was not read is a fault', () => {
  const contents = good.pages.map((page) => renderMarkdown(page.markdown).contents)
  assert.deepEqual(verify({ ...good, contents }), verify(good))
  const unread = verify({ ...good, contents: contents.map((one, number) => (number === 0 ? null : one)) })
  assert.equal(unread.verification.faults[0]?.kind, 'unread_page')
})
