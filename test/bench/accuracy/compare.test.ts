/** The judge's arithmetic, on verdicts and analyses written by hand. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { compare, type Score } from '#bench/accuracy/compare.ts'
import type { SymbolEdge, SymbolRelation, Verdict } from '#bench/accuracy/oracle.ts'
import { handMade } from './hand-made.ts'

const COMPONENTS = [
  'function a#f',
  'class a#K',
  'method a#K.m',
  'function b#g',
  'function b#h',
  'class b#L',
  'method b#L.n',
]

/** `a#f -> b#g` */
function edge(line: string): SymbolEdge {
  const [from = '', to = ''] = line.split(' -> ')
  const end = (text: string): { file: string; name: string } => {
    const [file = '', name = ''] = text.split('#')
    return { file, name }
  }
  return { from: end(from), to: end(to) }
}

function symbolScore(
  edges: readonly string[],
  relation: Omit<SymbolRelation, 'required' | 'allowed'> & { required?: string[]; allowed?: string[] },
  withGuesses = false,
): Score {
  const { required = [], allowed = [], ...rest } = relation
  const verdict: Verdict = {
    files: new Set(['a', 'b']),
    symbolEdges: { ...rest, required: required.map(edge), allowed: allowed.map(edge) },
  }
  return compare(handMade(COMPONENTS, edges), verdict, withGuesses).symbolEdges ?? assert.fail('nothing was compared')
}

describe('symbol edges', () => {
  test('what the oracle does not know is false, what is not there is missing', () => {
    const score = symbolScore(['a#f -calls-> b#g', 'a#f -calls-> b#h'], { required: ['a#f -> b#g', 'a#K.m -> b#g'] })
    assert.deepEqual(score, {
      found: 2,
      right: 1,
      required: 2,
      had: 1,
      unknown: 0,
      falseOnes: ['calls import\ta#f -> b#h'],
      missing: ['not followed\ta#K.m -> b#g'],
    })
  })

  test('what is allowed is right and is asked of nobody', () => {
    const { found, right, required } = symbolScore(['a#f -calls-> b#L.n'], { allowed: ['a#f -> b#L.n', 'a#f -> b#h'] })
    assert.deepEqual({ found, right, required }, { found: 1, right: 1, required: 0 })
  })

  test('a use in a local function belongs to the component around it', () => {
    const { had, right } = symbolScore(['a#K.m -calls-> b#g', 'a -calls-> b#h'], {
      required: ['a#K.m.inner -> b#g', 'a#local -> b#h'],
    })
    assert.deepEqual({ had, right }, { had: 2, right: 2 })
  })

  test('edges within one file and to files that were not judged are left out of both sides', () => {
    const { found, required } = symbolScore(['a#f -calls-> a#K', 'a#f -calls-> c#x'], {
      required: ['a#f -> a#K', 'a#f -> c#x'],
    })
    assert.deepEqual({ found, required }, { found: 0, required: 0 })
  })

  test('guesses count when they are asked for, and say why an edge is missing', () => {
    const edges = ['a#f -calls-> b#g unique-name']
    const without = symbolScore(edges, { required: ['a#f -> b#g'] })
    assert.deepEqual([without.found, without.missing], [0, ['only a guess\ta#f -> b#g']])
    const withThem = symbolScore(edges, { required: ['a#f -> b#g'] }, true)
    assert.deepEqual([withThem.found, withThem.right], [1, 1])
  })

  test('an edge to a name that the oracle does not understand there counts neither way, unless it is right', () => {
    const unknown = [
      { from: { file: 'a', name: 'f' }, name: 'n' },
      { from: { file: 'a', name: 'f' }, name: 'g' },
    ]
    const score = symbolScore(['a#f -calls-> b#L.n', 'a#f -calls-> b#g', 'a#f -calls-> b#h'], {
      required: ['a#f -> b#g'],
      unknown,
    })
    assert.deepEqual([score.unknown, score.found, score.right], [1, 2, 1])
    assert.deepEqual(score.falseOnes, ['calls import\ta#f -> b#h'])
  })

  test('precision is of the judged files alone, recall of all', () => {
    const score = symbolScore(['a#f -calls-> b#g', 'b#h -calls-> a#f'], {
      judged: new Set(['b']),
      required: ['a#f -> b#g'],
    })
    assert.deepEqual([score.found, score.right, score.required, score.had], [1, 0, 1, 1])
  })

  test('an oracle that knows only types is compared by types', () => {
    const score = symbolScore(['a#K.m -calls-> b#L.n'], { grain: 'type', required: ['a#K -> b#L'] })
    assert.deepEqual([score.right, score.had], [1, 1])
  })

  test('a target that is no component is named as the cause', () => {
    const { missing } = symbolScore([], { required: ['a#f -> b#nothing'] })
    assert.deepEqual(missing, ['target is no component\ta#f -> b#nothing'])
  })

  test('only the kinds that the oracle knows are compared; imports, tests and overrides never', () => {
    const edges = ['a#f -calls-> b#g', 'a#f -references-> b#h', 'a -imports-> b', 'a#f -tests-> b#L']
    assert.equal(symbolScore(edges, { kinds: ['calls'] }).found, 1)
    assert.equal(symbolScore(edges, {}).found, 2)
  })

  test('calls are counted once more, by what is found alone', () => {
    const analysis = handMade(COMPONENTS, ['a#f -calls-> b#g', 'a#f -instantiates-> b#L', 'a#f -references-> b#h'])
    const required = [edge('a#f -> b#g'), edge('a#f -> b#h')]
    const { callEdges } = compare(analysis, { files: new Set(['a', 'b']), symbolEdges: { required } }, false)
    assert.deepEqual([callEdges?.found, callEdges?.right, callEdges?.required], [2, 1, 0])
  })
})

test('a part that goes by many names is the component with its lines, and its members are', () => {
  const analysis = handMade(
    ['function a#f 1-2', 'class b#Given 3-9', 'method b#Given.m 4-4', 'function b#key 12-12', 'function b#f 1-1'],
    ['a#f -calls-> b#Given', 'a#f -calls-> b#Given.m', 'a#f -calls-> b#key', 'b#key -calls-> a#f'],
  )
  const whole = { name: '', lines: { start: 3, end: 9 } }
  const object = { name: '', lines: { start: 11, end: 14 } }
  const a = { file: 'a', name: 'f' }
  const key = { file: 'b', name: 'module.exports.key', parts: [object, { name: 'key' }] }
  const { symbolEdges } = compare(
    analysis,
    {
      files: new Set(['a', 'b']),
      symbolEdges: {
        required: [
          { from: a, to: { file: 'b', name: 'module.exports', parts: [whole] } },
          { from: a, to: { file: 'b', name: 'module.exports.m', parts: [whole, { name: 'm' }] } },
          { from: a, to: key },
          { from: key, to: a },
          { from: a, to: { file: 'b', name: 'module.exports', parts: [object] } },
        ],
      },
    },
    false,
  )
  assert.deepEqual([symbolEdges?.right, symbolEdges?.had, symbolEdges?.required], [4, 4, 4])
})

test('what is one thing in two files counts once, whichever of its names is used', () => {
  const components = [
    'function a#f',
    'class b.js#C',
    'method b.js#C.m',
    'class b.d.ts#C',
    'method b.d.ts#C.m',
    'function c#g',
  ]
  const same = {
    files: new Map([['b.d.ts', 'b.js']]),
    symbols: [
      [
        { file: 'b.d.ts', name: 'C' },
        { file: 'b.js', name: 'C' },
      ],
    ] as const,
  }
  for (const file of ['b.d.ts', 'b.js']) {
    const analysis = handMade(components, [
      `a#f -calls-> ${file}#C.m`,
      `a -imports-> ${file}`,
      `${file} -references-> c#g`,
    ])
    const { symbolEdges, fileEdges, definitions } = compare(
      analysis,
      {
        files: new Set(['a', 'b.js', 'b.d.ts', 'c']),
        definitions: [{ file: 'b.d.ts', name: 'C', line: 5 }],
        fileEdges: { required: [{ from: 'a', to: 'b.js' }] },
        symbolEdges: {
          required: [edge('a#f -> b.js#C.m'), edge('a#f -> b.d.ts#C.m'), edge('b.d.ts#C -> c#g')],
          allowed: [edge('b.js -> c#g')],
        },
        same,
      },
      false,
    )
    assert.deepEqual([fileEdges?.right, fileEdges?.had, definitions?.had], [1, 1, 1])
    assert.deepEqual([symbolEdges?.right, symbolEdges?.required], [2, 2])
    assert.equal(symbolEdges?.had, file === 'b.d.ts' ? 2 : 1)
  }
})

test('overrides are compared apart, within one file too', () => {
  const analysis = handMade(COMPONENTS, ['a#K.m -overrides-> b#L.n', 'a#f -calls-> b#g'])
  const { overrides, symbolEdges } = compare(
    analysis,
    {
      files: new Set(['a', 'b']),
      symbolEdges: { required: [edge('a#f -> b#g')] },
      overrides: { required: [edge('a#K.m -> b#L.n'), edge('b#L.n -> b#g')] },
    },
    false,
  )
  assert.deepEqual([overrides?.found, overrides?.right, overrides?.required, overrides?.had], [1, 1, 2, 1])
  assert.deepEqual([symbolEdges?.found, symbolEdges?.right], [1, 1])
})

test('a definition is found by its qualified name, or by its last name and line; the same is asked for once', () => {
  const analysis = handMade(['class a#K 1-9', 'method a#K.m 3-4'], [])
  const { definitions } = compare(
    analysis,
    {
      files: new Set(['a']),
      definitions: [
        { file: 'a', name: 'K.m', line: 70 },
        { file: 'a', name: 'm', line: 4 },
        { file: 'a', name: 'm', line: 5 },
        { file: 'a', name: 'm', line: 5 },
        { file: 'elsewhere', name: 'x', line: 1 },
      ],
    },
    false,
  )
  assert.deepEqual([definitions?.required, definitions?.had, definitions?.missing], [3, 2, ['a:5#m']])
})

test('file edges are imports between judged files', () => {
  const analysis = handMade([], ['a -imports-> b', 'a -imports-> c', 'b -imports-> a', 'b -imports-> unjudged'])
  const { fileEdges } = compare(
    analysis,
    {
      files: new Set(['a', 'b', 'c']),
      fileEdges: {
        required: [
          { from: 'a', to: 'b' },
          { from: 'c', to: 'b' },
        ],
        allowed: [{ from: 'a', to: 'c' }],
      },
    },
    false,
  )
  assert.deepEqual(
    [fileEdges?.found, fileEdges?.right, fileEdges?.falseOnes, fileEdges?.missing],
    [3, 2, ['imports import\tb -> a'], ['\tc -> b']],
  )
})
