/** Our matcher beside the library's, on every language's own query; and where the two are meant to differ. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Deadline } from '#base/deadline.ts'
import { compileQuery } from '#generate/analyse/query/compile.ts'
import { match, TooSlow } from '#generate/analyse/query/match.ts'
import { readQuery } from '#generate/analyse/query/read-query.ts'
import { NodeFlag } from '#generate/analyse/tree/nodes.ts'
import { nodes } from '#generate/analyse/tree-sitter.ts'
import { type BothGrammars, bothGrammars } from './grammars.ts'
import { SAMPLES } from './samples.ts'

const grammars = new Map((await bothGrammars()).map((one) => [one.language, one]))

function grammar(language: string): BothGrammars {
  return grammars.get(language) ?? assert.fail(`no grammar of ${language}`)
}

/** What a match captured: names, and the nodes' places in the text. */
type Captures = ReadonlySet<string>

async function ownMatches({ own }: BothGrammars, query: string, text: string): Promise<Captures[]> {
  assert.equal(await own.parse(text, 5_000), undefined)
  const compiled = compileQuery(readQuery(query), own.names)
  const found: Captures[] = []
  match(compiled, nodes, text, { isOver: false }, (captures, captured, count) => {
    found.push(
      new Set(
        captures.slice(0, count).map((capture, i) => {
          const node = captured[i] ?? 0
          return placeOf(compiled.captures[capture] ?? '', nodes.kinds[node], nodes.starts[node], nodes.ends[node])
        }),
      ),
    )
  })
  return found
}

function libraryMatches({ compile, parse }: BothGrammars, query: string, text: string): Captures[] {
  const tree = parse(text)
  const found = compile(query)
    .matches(tree.rootNode)
    .map(
      ({ captures }) =>
        new Set(captures.map(({ name, node }) => placeOf(name, node.typeId, node.startIndex, node.endIndex))),
    )
  tree.delete()
  return found.filter((captures) => captures.size > 0)
}

const placeOf = (name: string, kind = -1, start = -1, end = -1): string => `${name} ${kind} ${start}-${end}`

/** Those that no other match contains, as texts. */
function fullest(all: readonly Captures[]): Set<string> {
  const isWithin = (one: Captures, other: Captures): boolean =>
    one.size < other.size && [...one].every((capture) => other.has(capture))
  return new Set(
    all.filter((one) => !all.some((other) => isWithin(one, other))).map((one) => [...one].sort().join('; ')),
  )
}

/** The text without what may stand anywhere, in which the two matchers see the same. */
async function withoutExtras({ own }: BothGrammars, text: string): Promise<string> {
  assert.equal(await own.parse(text, 5_000), undefined)
  let plain = text
  for (let node = 1; node < nodes.size; node++) {
    if (((nodes.flags[node] ?? 0) & NodeFlag.extra) === 0) continue
    const [start = 0, end = 0] = [nodes.starts[node], nodes.ends[node]]
    plain = plain.slice(0, start) + plain.slice(start, end).replace(/[^\n]/g, ' ') + plain.slice(end)
  }
  return plain
}

for (const language of Object.keys(SAMPLES).filter((one) => one !== 'python')) {
  test(`finds with the query of ${language} all that the library finds`, async () => {
    const both = grammar(language)
    const query = both.query ?? assert.fail()
    const text = await withoutExtras(both, SAMPLES[language] ?? '')
    const [own, library] = [await ownMatches(both, query, text), libraryMatches(both, query, text)]
    assert.ok(library.length > 15, `${library.length} matches`)
    const ownFullest = fullest([...own, ...library])
    for (const one of fullest(library)) {
      assert.ok(ownFullest.has(one) || own.some((mine) => one.split('; ').every((part) => mine.has(part))), one)
    }
    // The library drops some of several children in a row; whatever else it does not find is not there.
    const known = new Set(library.flatMap((captures) => [...captures]))
    const more = own.filter((captures) => [...captures].some((capture) => !known.has(capture)))
    assert.ok(more.length <= own.length / 20, `${more.length} of ${own.length} are not the library's`)
  })
}

const JAVA = 'class A { void f() { g(1, /* c */ x, "s"); h(); if (a) b(); } int v; }'

/** `[query, texts of each match]` */
const CASES: readonly [query: string, expected: readonly string[]][] = [
  ['(argument_list . (_) @a)', ['a=1']],
  ['(argument_list (_) @a .)', ['a="s"']],
  ['(argument_list (decimal_integer_literal) . (identifier) @a)', ['a=x']],
  [
    '(method_invocation name: (identifier) @n arguments: (argument_list . (decimal_integer_literal)? @first))',
    ['n=g first=1', 'n=h', 'n=b'],
  ],
  ['(method_invocation name: (identifier) @n (#any-of? @n "g" "b"))', ['n=g', 'n=b']],
  ['((method_invocation name: (identifier) @n) (#not-match? @n "^[gh]$"))', ['n=b']],
  ['(if_statement !alternative condition: (_) @c)', ['c=(a)']],
  ['[(field_declaration declarator: (_) @d) (method_declaration name: _ @d)]', ['d=f', 'd=v']],
  ['(block_comment) @c', ['c=/* c */']],
  ['(argument_list [(identifier) (string_literal)] @a)', ['a=x', 'a="s"']],
  ['(argument_list "," @comma)', ['comma=,', 'comma=,']],
  ['(argument_list (decimal_integer_literal) @a (string_literal) @b)', ['a=1 b="s"']],
]

for (const [query, expected] of CASES) {
  test(`matches ${query}`, async () => {
    const { own } = grammar('java')
    assert.equal(await own.parse(JAVA, 5_000), undefined)
    const compiled = compileQuery(readQuery(query), own.names)
    const found: string[] = []
    match(compiled, nodes, JAVA, { isOver: false }, (captures, captured, count) => {
      const words = captures.slice(0, count).map((capture, i) => {
        const node = captured[i] ?? 0
        return `${compiled.captures[capture]}=${JAVA.slice(nodes.starts[node], nodes.ends[node])}`
      })
      found.push(words.join(' '))
    })
    assert.deepEqual(found, expected)
  })
}

test('gives up when the time is over', async () => {
  const { own } = grammar('java')
  const text = `class A { int[] x = { ${'1, '.repeat(5_000)} }; }`
  assert.equal(await own.parse(text, 5_000), undefined)
  // Every two numbers of five thousand.
  const compiled = compileQuery(readQuery('(array_initializer (_) @a (_) @b)'), own.names)
  assert.throws(() => match(compiled, nodes, text, new Deadline(20), () => {}), TooSlow)
})
