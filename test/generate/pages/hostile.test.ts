import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { ComponentKind } from '#generate/model.ts'
import { parse } from '#markdown/parse.ts'
import { faultOf } from '../../support/mermaid.ts'
import { component, document, edge, file, sample } from './sample.ts'

const nasty = fc.oneof(
  fc.constantFrom(
    '"quoted"',
    "it's",
    '<img src=x onerror=alert(1)>',
    '</script>',
    'a\nb',
    '`tick`',
    '``',
    '#1;',
    '#quot;',
    'end',
    'style:a#b;',
    'classDef x:#a;',
    'subgraph',
    '%%{init}%%',
    '-->',
    'a|b',
    '\\',
    '\\|',
    '[x](javascript:1)',
    '![]',
    '* *',
    '__proto__',
    'constructor',
    'toString',
    '\u202eevil',
    'é',
    'emoji 🔥',
    'click n1 call',
    'a;b',
    '{a}',
    '(b)',
    ' ',
    '&lt;',
    '1. x',
    '---',
  ),
  fc.string({ minLength: 1, maxLength: 8, unit: 'binary' }),
)
const segment = nasty
  .map((text) => text.replace(/[/\0]/g, '_'))
  .filter((text) => text !== '' && text !== '.' && text !== '..')
const kinds: ComponentKind[] = [
  'class',
  'function',
  'method',
  'field',
  'constant',
  'namespace',
  'interface',
  'enum',
  'type',
]

const repository = fc
  .record({
    paths: fc.uniqueArray(
      fc.array(segment, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/')),
      { minLength: 1, maxLength: 10 },
    ),
    names: fc.uniqueArray(nasty, { minLength: 1, maxLength: 8 }),
    doc: fc.array(nasty, { maxLength: 6 }).map((parts) => parts.join(' ')),
    links: fc.array(fc.tuple(fc.nat(), fc.nat()), { maxLength: 30 }),
  })
  .map(({ paths, names, doc, links }) => {
    const roles = ['code', 'code', 'code', 'test', 'example'] as const
    const files = paths.map((path, index) =>
      file(path, names.join('\n'), { role: roles[index % roles.length] ?? 'code' }),
    )
    const components = files.flatMap((owner, at) =>
      names.map((name, index) =>
        component(owner, 'x', {
          id: `${owner.path}#${name}`,
          name,
          qualifiedName: name,
          signature: `${name}(${doc})`,
          doc: index % 2 === 0 ? doc : null,
          kind: kinds[(index + at) % kinds.length] ?? 'class',
          exported: index % 3 !== 2,
          startLine: 1,
          endLine: owner.lines,
          parent: index > 0 && index % 4 === 3 ? `${owner.path}#${names[0]}` : null,
        }),
      ),
    )
    const ends = [...files.map((one) => one.path), ...components.map((one) => one.id)]
    const at = (index: number): string => ends[index % ends.length] ?? ''
    const edges = links.map(([a, b]) => edge(at(a), at(b))).filter((one) => one.from !== one.to)
    return sample(files, components, edges, Object.fromEntries(paths.map((path) => [path, doc])))
  })

/** Numbers and words of ours: no name of a repository. */
const FOLD =
  /^(?:<details(?: class="usage")?>\n<summary>(?:Files|Legend(?: · the [\d,]+ strongest of [\d,]+ connections)?|Internal definitions|[\d,]+ (?:internal member|member of implemented trait|more (?:(?:test )?file|module|type))s?(?: that others extend or implement)?|(?:Some uses(?: in tests)?|Used in [\d,]+ places?|Used by [\d,]+ files?|Used in (?:tests|[\d,]+ example files?))(?: · (?:also in tests|[\d,]+ example files?))*)<\/summary>|<\/details>|<a id="[\p{L}\p{M}\p{N}\p{Pc}-]+">|<\/a>)$/u

test('whatever the names are, the set has no fault, no HTML but folds of ours, and mermaid reads every diagram', async () => {
  await fc.assert(
    fc.asyncProperty(repository, async (input) => {
      const { verification, pages, written } = document(input)
      assert.deepEqual(verification.faults, [])
      for (const { mermaid } of written.diagrams) assert.equal(await faultOf(mermaid), undefined, mermaid)
      for (const page of pages) {
        const stack: unknown[] = [parse(page.markdown)]
        for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
          const { type, url, value, children } = node as Record<'type' | 'url' | 'value', string> & {
            children?: unknown[]
          }
          assert.ok(!['image', 'imageReference', 'definition'].includes(type), type)
          if (type === 'html') assert.match(value, FOLD)
          if (url !== undefined) assert.match(url, /^(?:https:\/\/example\.org\/|#|[a-z0-9][a-z0-9._-]*\.md)/)
          stack.push(...(children ?? []))
        }
      }
    }),
    { numRuns: 40 },
  )
})

test('a name with a control character that counts as a space is known as pages write it', () => {
  const code = file('a.ts', 'class *\u000bA')
  const { verification } = document(sample([code], [component(code, '*\u000bA', { kind: 'class' })]))
  assert.deepEqual(verification.faults, [])
})

test('the JSON files hold no raw control or bidirectional sign, and say the same when parsed', () => {
  const signs = '\u001b[31m\u0007\u009b1m\u202e\u2066\u200b\u2028'
  const code = file('src/a.ts', `export function open() {}\n// ${signs}\n`)
  const { data } = document(
    sample([code], [component(code, 'open', { signature: `open(a = "${signs}")`, doc: `Opens ${signs} it.` })]),
  )
  for (const [name, text] of data)
    if (name.endsWith('.json')) assert.doesNotMatch(text, /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u, name)
  const { components } = JSON.parse(data.get('graph.json') ?? '')
  assert.equal(components[0].signature, `open(a = "${signs}")`)
})
