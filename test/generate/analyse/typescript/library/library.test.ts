import assert from 'node:assert/strict'
import { test } from 'node:test'
import { libraryDeclaration, libraryGlobal } from '#generate/analyse/typescript/library/library.ts'
import type { LibrarySignature, LibraryType } from '#generate/analyse/typescript/library/types.ts'
import { libraryElement, libraryMember } from './members.ts'

function signatures(type: LibraryType | undefined): readonly LibrarySignature[] {
  return type?.kind === 'function' ? type.signatures : assert.fail(`no function: ${JSON.stringify(type)}`)
}

function resultOf(type: string, member: string): LibraryType | undefined {
  return signatures(libraryMember(type, member)?.type)[0]?.result
}

test('a member gives a type of the library, a type parameter of the receiver, or the receiver', () => {
  assert.deepEqual(resultOf('String', 'split'), {
    kind: 'reference',
    name: 'Array',
    arguments: [{ kind: 'primitive', name: 'string' }],
  })
  assert.deepEqual(resultOf('Map', 'get'), { kind: 'parameter', index: 1 })
  assert.deepEqual(resultOf('Map', 'set'), { kind: 'this' })
  assert.deepEqual(resultOf('Array', 'pop'), { kind: 'parameter', index: 0 })
  assert.deepEqual(libraryMember('Response', 'headers'), {
    sort: 'property',
    type: { kind: 'reference', name: 'Headers', arguments: [] },
  })
  assert.equal(libraryMember('Map', 'toString2'), undefined)
})

test('a member of a base is told in the type parameters of who has it', () => {
  const result = resultOf('ArrayIterator', 'next')
  assert.deepEqual(result?.kind === 'reference' && result.arguments[0], { kind: 'parameter', index: 0 })
  const [then] = signatures(libraryMember('Promise', 'then')?.type)
  assert.equal(then?.own.length, 2)
})

test('a callback says what it is given', () => {
  const [forEach] = signatures(libraryMember('Map', 'forEach')?.type)
  const [callback] = signatures(forEach?.parameters[0]?.type)
  assert.deepEqual(callback?.parameters.map(({ type }) => type).slice(0, 2), [
    { kind: 'parameter', index: 1 },
    { kind: 'parameter', index: 0 },
  ])
  const [listen] = signatures(libraryMember('Window', 'addEventListener')?.type)
  const [listener] = signatures(listen?.parameters[1]?.type)
  assert.deepEqual(listener?.parameters[0]?.type, {
    kind: 'indexed',
    object: { kind: 'reference', name: 'WindowEventMap', arguments: [] },
    index: { kind: 'own', index: 0 },
  })
})

test('loops and spreads take elements', () => {
  assert.deepEqual(libraryElement('Array'), { kind: 'parameter', index: 0 })
  assert.deepEqual(libraryElement('Map'), {
    kind: 'tuple',
    elements: [
      { isRest: false, type: { kind: 'parameter', index: 0 } },
      { isRest: false, type: { kind: 'parameter', index: 1 } },
    ],
  })
  assert.deepEqual(libraryElement('String'), { kind: 'primitive', name: 'string' })
  assert.deepEqual(libraryElement('ReadableStream', true), { kind: 'parameter', index: 0 })
  assert.equal(libraryElement('Promise'), undefined)
})

test('a type of browsers that leads to no type of a program is not in the table', () => {
  for (const name of ['RequestInit', 'AlignSetting', 'CanvasGradient', 'AudioNode'])
    assert.equal(libraryDeclaration(name), undefined, name)
})

test('values are what they are declared as', () => {
  assert.equal(libraryGlobal('fetch')?.sort, 'method')
  assert.deepEqual(libraryGlobal('document')?.type, { kind: 'reference', name: 'Document', arguments: [] })
  assert.equal(libraryGlobal('nothingOfTheKind'), undefined)
  const url = libraryGlobal('URL')?.type
  assert.ok(url?.kind === 'reference')
  assert.deepEqual(signatures(libraryDeclaration(url.name)?.members.get('new')?.type)[0]?.result, {
    kind: 'reference',
    name: 'URL',
    arguments: [],
  })
  const intl = libraryGlobal('Intl')?.type
  assert.ok(intl?.kind === 'object' && intl.members.has('NumberFormat'))
})
