import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { drawCallTree, drawSequence } from '#generate/pages/mermaid-calls.ts'
import { drawHierarchy } from '#generate/pages/mermaid-types.ts'
import { faultOf } from '../../support/mermaid.ts'

const label = fc.oneof(
  fc.constantFrom(
    'end',
    'loop x',
    'alt',
    'note over p1: x',
    'participant p9 as x',
    'a;b',
    'a#59;b',
    '%%{init}%%',
    '%% x',
    '->>',
    'p1->>p2: x',
    'activate p1',
    'as',
    ':',
    '"',
    "'",
    '<br>',
    '<script>',
    'a\nend',
    'style n1 fill:#f00',
    'operator()',
    '~Foo',
    'subgraph',
    'autonumber',
    '{}',
    '[',
    '🔥',
    '',
  ),
  fc.string({ maxLength: 10, unit: 'binary' }),
)

test('mermaid reads diagrams of calls and of types whatever the names are', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(label, { minLength: 3, maxLength: 8 }), async (labels) => {
      const boxes = labels.map((text, index) => ({ label: text, components: [`c${index}`] }))
      const messages = labels.map((text, index) => ({
        from: `c${index}`,
        to: `c${(index + 1) % labels.length}`,
        label: text,
      }))
      const sequence = drawSequence(boxes, messages).mermaid
      assert.equal(await faultOf(sequence), undefined, sequence)
      assert.equal(sequence.split('\n').length, 1 + 2 * labels.length)
      const tree = drawCallTree(boxes, messages).mermaid
      assert.equal(await faultOf(tree), undefined, tree)
      const types = drawHierarchy(
        boxes.map((box, index) => ({ ...box, key: `c${index}`, inside: index % 2 === 0 })),
        messages.map(({ from, to }, index) => ({ from, to, kind: index % 2 === 0 ? 'extends' : 'implements' })),
      ).mermaid
      assert.equal(await faultOf(types), undefined, types)
    }),
    { numRuns: 40 },
  )
})
