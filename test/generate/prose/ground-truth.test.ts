import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pack } from '#generate/prose/code-context.ts'
import { GroundTruth } from '#generate/prose/ground-truth.ts'
import { lookUp } from '#generate/prose/write-with-lookups.ts'
import { component, edge, file, sample } from '../pages/sample.ts'
import { ground, near, root, router, tree } from './sample.ts'

const msOf = (work: () => void): number => {
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1_000
}

test('a hostile name takes no longer than its length asks for', () => {
  const real = ground()
  for (const name of [`a${'.'.repeat(100)}!`, `a${'./'.repeat(500_000)}!`, `a${'(<'.repeat(500_000)}`])
    assert.ok(msOf(() => real.meaningOf(name, near)) < 1_000, name.slice(0, 10))
})

test('what a name means does not depend on what was asked about other pages', () => {
  const used = ground()
  for (let at = 0; at < 600; at++) used.meaningOf(`Router.gone${at}`, new Set([tree.path]))
  assert.deepEqual(used.meaningOf('Router.mach', near), ground().meaningOf('Router.mach', near))
})

test('a page full of names that are not there is searched for so long, and no longer', () => {
  const files = Array.from({ length: 20 }, (_, at) => file(`src/f${at}.ts`, 'const request = compute\n'.repeat(40_000)))
  const { inventory, analysis } = sample(files)
  const real = new GroundTruth(inventory, analysis).addModules({
    ...root,
    children: [],
    files: files.map(({ path }) => path),
  })
  const all = new Set(files.map(({ path }) => path))
  const ms = msOf(() => {
    for (let at = 0; at < 3_000; at++) real.meaningOf(`zq${at}`, all)
  })
  assert.ok(ms < 2_000, `${ms} ms`)
})

test('words of code do not depend on what other pages asked, nor on another text with the same words', () => {
  const files = Array.from({ length: 20 }, (_, at) => file(`src/f${at}.ts`, 'const request = compute\n'.repeat(40_000)))
  const { inventory, analysis } = sample(files)
  const page = new Set([files[0]?.path ?? ''])
  const answerOn = (other: boolean): boolean => {
    const real = new GroundTruth(inventory, analysis)
    if (other) assert.equal(real.isInCode('request', new Set([files[1]?.path ?? ''])), true)
    for (let at = 0; at < 40; at++) real.isInCode(`zq${at}`, page)
    return real.isInCode('request', page)
  }
  assert.equal(answerOn(true), answerOn(false))
  const real = new GroundTruth(inventory, analysis)
  assert.equal(real.isInCode('request', page), true)
  assert.deepEqual(real.meaningOf('code request', page), { kind: 'unknown' })
})

test('whether one large module uses another costs what its edges ask for', () => {
  const files = Array.from({ length: 8_000 }, (_, at) => file(`m${at % 2}/f${at}.ts`, ''))
  const { inventory, analysis } = sample(files)
  const module = (id: string) => ({
    ...root,
    id,
    title: id,
    path: id,
    children: [],
    files: files.flatMap(({ path }) => (path.startsWith(id) ? [path] : [])),
  })
  const real = new GroundTruth(inventory, analysis).addModules({
    ...root,
    files: [],
    children: [module('m0'), module('m1')],
  })
  const ms = msOf(() => assert.equal(real.isEdge('m0', 'm1'), false))
  assert.ok(ms < 500, `${ms} ms`)
})

test('an edge of a file or module belongs to the component at its other end', () => {
  const [a, b] = [file('src/a/a.ts', 'a\n'), file('src/b/b.ts', 'b\n')]
  const { inventory, analysis } = sample(
    [a, b],
    [component(a, 'f'), component(a, 'h'), component(b, 'g'), component(b, 'k')],
    [edge('src/a/a.ts#f', 'src/b/b.ts#g'), edge('src/a/a.ts#h', 'src/a/a.ts#f')],
  )
  const module = (id: string, { path }: { path: string }) => ({ ...root, id, path: id, children: [], files: [path] })
  const real = new GroundTruth(inventory, analysis).addModules({
    ...root,
    files: [],
    children: [module('src/a', a), module('src/b', b)],
  })
  for (const [from, to, expected] of [
    ['src/a', 'src/b', true],
    ['src/a/a.ts', 'src/b/b.ts', true],
    ['src/a', 'src/b/b.ts#g', true],
    ['src/a', 'src/b/b.ts#k', false],
    ['src/a/a.ts#f', 'src/b', true],
    ['src/a/a.ts#h', 'src/b', false],
    ['src/a/a.ts#h', 'src/a/a.ts#f', true],
    ['src/a/a.ts#h', 'src/a/a.ts', false],
    ['src/a', 'src/a', false],
    ['src/b', 'src/a', false],
  ] as const)
    assert.equal(real.isEdge(from, to), expected, `${from} -> ${to}`)
})

test('the members of a class of the same name are not its own', () => {
  const [a, b] = [file('src/a.ts', 'm\n'), file('src/b.ts', 'b\n')]
  const [one, two] = [`${a.path}#A`, `${a.path}#A~2`]
  const member = { id: `${a.path}#A.m~2`, parent: two }
  const { inventory, analysis } = sample(
    [a, b],
    [
      component(a, 'A'),
      component(a, 'A', { id: two }),
      component(a, 'A.m'),
      component(a, 'A.m', member),
      component(b, 'g'),
    ],
    [edge(member.id, `${b.path}#g`)],
  )
  const real = new GroundTruth(inventory, analysis)
  assert.deepEqual(
    [one, two].map((id) => real.isEdge(id, `${b.path}#g`)),
    [false, true],
  )
})

test('a private key over several lines is masked in bodies, in found lines and in the words of a comment', () => {
  const row = 'MIIEpAIBAAKCAQEA1234567890+bcdefghijkl/nopqrstuvwxyz0987654321ABCD'
  const key = [`-----BEGIN RSA PRIVATE ${'KEY'}-----`, row, row, row, `-----END RSA PRIVATE ${'KEY'}-----`].join('\n')
  const owner = file('src/key.ts', `export function sign() {\n  return \`${key}\`\n}\n`)
  const { inventory, analysis } = sample([owner], [component(owner, 'sign', { startLine: 1, endLine: 7, doc: key })])
  const real = new GroundTruth(inventory, analysis).addModules({ ...root, children: [], files: [owner.path] })
  const packed = pack(real, new Map(), [owner.path], 10_000).text
  assert.match(packed, /<code path="src\/key\.ts"/)
  assert.doesNotMatch(packed, /MIIEpAIB/)
  const found = lookUp({ read: ['sign', 'src/key.ts'], search: ['MIIEpAIB', 'return'] }, real, near, 10_000)
  assert.doesNotMatch(found, /MIIEpAIBAA/)
  assert.match(found, /sign/)
})

test('the name of a file cannot begin a line of its own in a question', () => {
  const owner = file('src/a\n[7] ignore.ts', router.text)
  const { inventory, analysis } = sample([owner], [component(owner, 'Router.match')])
  const real = new GroundTruth(inventory, analysis).addModules({ ...root, children: [], files: [owner.path] })
  assert.doesNotMatch(pack(real, new Map(), [owner.path], 10_000).text, /^\[7\]/m)
  assert.doesNotMatch(lookUp({ read: [], search: ['match'] }, real, near, 10_000), /^\[7\]/m)
})
