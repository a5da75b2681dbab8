import assert from 'node:assert/strict'
import { test } from 'node:test'
import { withValueUses } from '#generate/analyse/value-uses.ts'
import { packBlocks } from '#generate/file-blocks.ts'
import type { Block } from '#generate/model.ts'
import { component, sourceFile } from './component.ts'

/** The uses in a method of which `signature` names the parameters, as `line:column name > passed to`. */
function usesIn(language: string, text: string, blocks: readonly Block[] = []): string[] {
  const endLine = text.split('\n').length
  const all = [component('a', 'f', { kind: 'method', parent: 'T', endLine, signature: 'f(x, y)' })]
  const other = component('a', 'own', { kind: 'method', parent: 'T', startLine: 99, endLine: 99 })
  const uses = new Map([['a', { blocks: packBlocks(blocks), uses: [], bindings: [] }]])
  const [found] = withValueUses([...all, other], new Map([['a', sourceFile('a', language, text)]]), uses)
  return [
    ...(found?.values ?? []).map(
      (one) => `${one.line}:${one.column} ${one.name}${one.isField ? ' of it' : ''} > ${one.passedTo}`,
    ),
    ...(found?.isRefused === true ? ['refused'] : []),
  ]
}

test('calls of parameters, fields and closures are found in code, not in comments and literals', () => {
  const cases: [language: string, text: string, uses: string[]][] = [
    ['python', 'def f(x, y):\n    x(1)  # y(1)\n    z("y(1)")', ['2:5 x > null']],
    ['python', 'def f(x, y):\n    self.x(1)\n    self.own(1)\n    a.x(1)', ['2:5 x of it > null']],
    ['ruby', 'def f(x, y)\n  x.call(1)\n  y(1)\n  @z.call(1)\nend', ['2:3 x > null', '4:3 z of it > null']],
    ['java', 'void f(x, y) {\n  x.run();\n  y.stop();\n  x();\n}', ['2:3 x > null']],
    ['go', 'func f(x, y) {\n\tx.ServeHTTP(1)\n\ty.Close()\n}', ['2:2 x > null']],
    ['kotlin', 'fun f(x, y) {\n  z(1)\n}', []],
    ['python', 'def f(x, y):\n    raise NotImplementedError()', ['refused']],
    ['unknown', 'f(x, y)\n  x(1)', []],
  ]
  for (const [language, text, uses] of cases) assert.deepEqual(usesIn(language, text), uses, text)
})

test('of a closure, its calls and what it is passed to are found', () => {
  const closure: Block = { kind: 'nested', parent: -1, startLine: 2, endLine: 4, name: 'later' }
  const text = 'f(x, y) {\n  const later = () => {\n    go()\n  }\n  later()\n  queue.add(1, later)\n  return later\n}'
  assert.deepEqual(usesIn('javascript', text, [closure]), ['5:3 later > null', '6:16 later > .add'])
  assert.deepEqual(usesIn('javascript', text), [])
})
