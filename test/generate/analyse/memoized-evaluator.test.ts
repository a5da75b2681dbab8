import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Cell } from '#generate/analyse/memoized-cells.ts'
import { MemoizedEvaluator, type Reader } from '#generate/analyse/memoized-evaluator.ts'
import { analyseTexts, edgeTexts, type Texts } from './python/analyse-texts.ts'

const reader = (path: string): Reader => ({ path, reads: new Set() })

test('an answer that was built on an unfinished one is not kept', () => {
  const work = new MemoizedEvaluator()
  const file = reader('a.py')
  const [a, b] = [new Cell<string>(), new Cell<string>()]
  const askA = (): string => work.ask(a, file, '?', () => `a(${askB()})`)
  const askB = (): string => work.ask(b, file, '?', () => `b(${askA()})`)
  assert.deepEqual([askA(), askB(), askA(), askB()], ['a(b(?))', 'b(a(?))', 'a(b(?))', 'b(a(?))'])
})

test('an answer beside a circle is kept', () => {
  const work = new MemoizedEvaluator()
  const file = reader('a.py')
  const cells = [new Cell<number>(), new Cell<number>()] as const
  let worked = 0
  const plain = (): number =>
    work.ask(cells[1], file, 0, () => {
      worked++
      return 1
    })
  const circle = (): number => work.ask(cells[0], file, 0, () => plain() + circle())
  assert.deepEqual([circle(), circle(), plain()], [1, 1, 1])
  assert.equal(worked, 1)
})

test('an answer that builds on a circle is kept, and so is that of the circle', () => {
  const work = new MemoizedEvaluator()
  const file = reader('a.py')
  const cells = Array.from({ length: 3 }, () => new Cell<number>())
  let worked = 0
  const ask = (index: number, ...others: number[]): number =>
    work.ask(cells[index] ?? new Cell(), file, 0, () => {
      worked++
      return others.reduce((sum, other) => sum + ask(other, 1, 2), 1)
    })
  assert.deepEqual([ask(0, 1), ask(0, 1), ask(1, 2)], [ask(0, 1), ask(0, 1), ask(1, 2)])
  const before = worked
  ask(0, 1)
  ask(1, 2)
  assert.equal(worked, before)
})

/** A cell asks others in turn and stops at an answer with this remainder. */
interface Step {
  readonly other: number
  readonly stopsAt: number
}

test('an answer does not depend on earlier questions, in cycles of every kind and at every limit', () => {
  const COUNT = 9
  const step: fc.Arbitrary<Step> = fc.record({ other: fc.nat(COUNT - 1), stopsAt: fc.nat(3) })
  const program = fc.array(fc.array(step, { maxLength: 4 }), { minLength: COUNT, maxLength: COUNT })
  const limits = fc.record({ depth: fc.integer({ min: 4, max: 60 }), discarded: fc.integer({ min: 3, max: 400 }) })
  const questions = fc.array(fc.nat(COUNT - 1), { minLength: 2, maxLength: 20 })
  const start = (steps: readonly (readonly Step[])[], limit: { depth: number; discarded: number }) => {
    const work = new MemoizedEvaluator(limit)
    const file = reader('a.py')
    const cells = steps.map(() => new Cell<number>())
    const ask = (index: number): number =>
      work.ask(cells[index] ?? new Cell(), file, 0, () => {
        let sum = index
        for (const { other, stopsAt } of steps[index] ?? []) {
          const answer = ask(other)
          sum = (31 * sum + answer + 1) % 1_009
          if (answer % 3 === stopsAt) break
        }
        return sum
      })
    return (index: number): number => {
      work.startFor(file, 10)
      return ask(index)
    }
  }
  fc.assert(
    fc.property(program, limits, questions, (steps, limit, asked) => {
      const shared = start(steps, limit)
      for (const index of asked) assert.equal(shared(index), start(steps, limit)(index))
    }),
    { numRuns: 2_000, seed: 20_261_128 },
  )
})

test('a chain is cut at the same place, whatever part of it was asked for before', () => {
  const chain = (work: MemoizedEvaluator) => {
    const cells = Array.from({ length: 400 }, () => new Cell<number>())
    const file = reader('a.py')
    const ask = (i: number): number => {
      const cell = cells[i]
      return cell === undefined ? 1_000 : work.ask(cell, file, 0, () => 1 + ask(i + 1))
    }
    return ask
  }
  const [fresh, warm] = [chain(new MemoizedEvaluator()), chain(new MemoizedEvaluator())]
  for (const i of [390, 350, 300, 200, 100]) warm(i)
  for (const i of [0, 100, 240, 260, 300]) assert.equal(warm(i), fresh(i), `from ${i}`)
  assert.ok(fresh(0) < 1_000 && fresh(300) > 1_000)
})

test('a circle with many ways through it ends, and those of one file share their patience', () => {
  const work = new MemoizedEvaluator()
  const file = reader('a.py')
  const cells = Array.from({ length: 60 }, () => new Cell<number>())
  let asked = 0
  const ask = (i: number): number =>
    work.ask(cells[i] ?? new Cell(), file, 0, () => {
      asked++
      let sum = 0
      for (let j = 0; j < cells.length; j++) sum = (sum + ask(j)) % 1_000
      return sum
    })
  work.startFor(file, 100)
  for (let i = 0; i < 100; i++) ask(i % 60)
  assert.ok(asked < 60_000, `${asked} steps`)
})

test('notes whose facts an answer was made from, kept or not', () => {
  const work = new MemoizedEvaluator()
  const [a, b, c] = [reader('a.py'), reader('b.py'), reader('c.py')]
  const [inB, inC] = [new Cell<number>(), new Cell<number>()]
  const ask = (): number => work.ask(inB, b, 0, () => work.ask(inC, c, 0, () => 1))
  work.startFor(c, 1)
  ask()
  work.startFor(a, 1)
  ask()
  work.touch('d/name?')
  assert.deepEqual(
    [a, b, c].map(({ reads }) => [...reads]),
    [['b.py', 'd/name?'], ['c.py'], ['b.py']],
  )
})

test('edges are the same in whatever order files come, through circles of every sort', async () => {
  const texts: Texts = {
    'p/__init__.py': 'from .a import *\nfrom .b import *\n__all__ = a.__all__ + b.__all__\n',
    'p/a.py':
      'from . import b\n__all__ = ["A", "make"]\nclass A(b.B):\n    def go(self): return self.other().stay()\n    def other(self): return make(self)\ndef make(x): return b.back(x) or A()\n',
    'p/b.py':
      'from p import A, make\n__all__ = ["B", "back"]\nclass B:\n    def stay(self): return make(self).go()\n    def me(self): return self\ndef back(x):\n    if x: return make(x).me()\n    return A().me()\n',
    'p/c.py': 'from p import *\nfrom p.d import D\nmake(1).stay()\nback(2).go().me()\nclass C(D): ...\n',
    'p/d.py': 'from p.c import C\nclass D(C): ...\nT = list[T] | dict[str, U]\nU = T | D\ndef f(x: U): x.go()\n',
    'use.py': 'import p\np.make(1).go().stay().me().other()\nx = y = p.A()\nx = y.other()\ny = x.other()\nx.stay()\n',
  }
  const forwards = edgeTexts(await analyseTexts(texts))
  for (const turn of [1, 2, 3, 4, 5]) {
    const entries = Object.entries(texts)
    const turned = [...entries.slice(turn), ...entries.slice(0, turn)].reverse()
    assert.deepEqual(edgeTexts(await analyseTexts(Object.fromEntries(turned), { isSorted: false })), forwards)
  }
  assert.ok(forwards.includes('use.py -calls-> p/a.py#A.go (receiver-type)'), forwards.join('\n'))
})
