/** Manifests that are broken, or made to cost time or memory. None throws, and each is over soon. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readPackages } from '#generate/manifests/read-packages.ts'
import { file, sample } from '../pages/sample.ts'
import { packageOf, packagesOf } from './packages-of.ts'

const NAMES =
  'package.json deno.json pyproject.toml setup.cfg setup.py requirements.txt Cargo.toml go.mod Gemfile x.gemspec composer.json pom.xml build.gradle build.gradle.kts x.csproj Package.swift conanfile.txt conanfile.py'.split(
    ' ',
  )
const MILLION = 1_000_000
/** Of the processor, so that a busy machine changes nothing. */
const MAX_MS = 5_000

/** Those that are read, in time. */
function read(texts: Record<string, string>): ReturnType<typeof readPackages> {
  const { inventory } = sample(Object.entries(texts).map(([path, text]) => file(path, text, { role: 'manifest' })))
  const start = process.cpuUsage()
  const packages = readPackages(inventory)
  const { user, system } = process.cpuUsage(start)
  const ms = (user + system) / 1_000
  assert.ok(ms < MAX_MS, `${Object.keys(texts)[0]} took ${ms} ms`)
  return packages
}

test('a megabyte of anything in any manifest is over soon', () => {
  const parts = [
    '[',
    '{',
    '{"a":',
    '"',
    "'",
    '(',
    '<a>',
    '/*',
    '\\',
    ',',
    ' ',
    '\t',
    'a',
    'gem "',
    'setup(',
    '[[a]]\n',
    'a.',
    '${a',
    '{:a, ',
    'require (\n',
    '*',
    'a = [\n',
    '- ',
    '&a *a ',
    'x {',
    'group :a do\n',
    'implementation(',
    '=',
    '#{',
    '%w[',
    'a=a\n',
    '<<A ',
    '.package(',
    'test {\n',
    'name="x",',
  ]
  for (const name of NAMES) {
    for (const part of parts) read({ [name]: part.repeat(MILLION / 5 / part.length) })
    for (const part of ['[', '{"a":', '<a>', '(', '"', '"a",']) read({ [name]: part.repeat(MILLION / part.length) })
  }
})

test('thousands of products and targets of a Package.swift are over soon', () => {
  const lines = (line: (number: number) => string): string =>
    Array.from({ length: 4_000 }, (_, at) => line(at)).join('')
  const text = `Package(name: "a", products: [${lines((at) => `.library(name:"${at}",targets:["t${at}"]),`)}], targets: [${lines((at) => `.target(name:"t${at}",dependencies:[.product(name:"p",package:"q${at}")]),`)}], dependencies: [${lines((at) => `.package(url:"q${at}"),`)}])`
  const [found] = read({ 'Package.swift': text })
  assert.equal(found?.dependencies.length, 2_000)
})

test('thousands of optional dependencies, parts of features and programs of a Cargo.toml are over soon', () => {
  const lines = (count: number, line: (number: number) => string): string =>
    Array.from({ length: count }, (_, at) => line(at)).join('')
  const parts = '"zz",'.repeat(600)
  read({
    'Cargo.toml': `[package]\nname = "a"\n[dependencies]\n${lines(8_000, (at) => `d${at}={optional=true}\n`)}[features]\ndefault=[${lines(8_000, (at) => `"d${at}",`)}]\n${lines(100, (at) => `f${at}=[${parts}]\n`)}`,
  })
  read({
    'Cargo.toml': `[package]\nname = "a"\n${lines(15_000, (at) => `[[bin]]\nname="${at}"\npath="${at}"\n`)}`,
  })
})

test('values of other types than usual are as if they were not there', async () => {
  const values = [1, true, null, 'text', [], {}, [[1]], [{}], { a: [{}] }, ['a', { b: 1 }]]
  const keys =
    'name version description license private bin scripts dependencies devDependencies peerDependencies peerDependenciesMeta optionalDependencies exports main workspaces packageManager require autoload type tasks imports'.split(
      ' ',
    )
  for (const value of values) {
    const text = JSON.stringify(Object.fromEntries(keys.map((key) => [key, value])))
    read({ 'package.json': text, 'composer.json': text, 'deno.json': text, 'tsconfig.json': text })
  }
  for (const value of ['1', '[]', '"x"', '{}', '[[1]]', 'true'])
    for (const key of [
      'project',
      'package',
      'tool',
      'workspace',
      'dependencies',
      'features',
      'dependency-groups',
      'bin',
    ])
      read({
        'pyproject.toml': `${key} = ${value}\n`,
        'Cargo.toml': `${key} = ${value}\n`,
        'gradle/libs.versions.toml': `libraries = ${value}\n`,
        'build.gradle': '',
      })
  for (const text of ['', '\0', '\uFEFF', '{', '[]', 'null', '"x"', '<a/>', '---\n', '\r\r\r'])
    for (const name of NAMES) read({ [name]: text })
})

test('names such as __proto__ are names', async () => {
  const text =
    '{"name": "__proto__", "scripts": {"__proto__": "x", "constructor": "y"}, "dependencies": {"__proto__": "1", "toString": "1"}, "exports": {"__proto__": "./a.js"}}'
  const found = await packageOf({ 'package.json': text })
  assert.deepEqual(
    found.scripts.map(({ name }) => name),
    ['__proto__', 'constructor'],
  )
  assert.deepEqual(
    found.dependencies.map(({ name }) => name),
    ['toString'],
  )
  const cargo = await packageOf({
    'Cargo.toml': '[package]\nname = "a"\n[dependencies]\n__proto__ = "1"\nconstructor.workspace = true\n',
  })
  assert.deepEqual(
    cargo.dependencies.map(({ name }) => name),
    ['__proto__', 'constructor'],
  )
  assert.equal(({} as Record<string, unknown>).polluted, undefined)
})

test('circles of workspaces, parents, features and extended files end', async () => {
  const cargo = (up: string): string => `[package]\nname = "a"\nworkspace = "${up}"\nversion.workspace = true\n`
  read({
    'a/Cargo.toml': cargo('../b'),
    'b/Cargo.toml': cargo('../a'),
    'c/Cargo.toml': `${cargo('../c')}[workspace]\nmembers = ["../a", "."]\n[features]\nx = ["y"]\ny = ["x"]\ndefault = ["x", "default"]\n`,
    'package.json': '{"workspaces": [".", "../x", "a"], "name": "r"}',
    'a/package.json': '{"workspaces": ["..", "*"], "name": "a", "dependencies": {"r": "workspace:*"}}',
  })
  const pom = (artifact: string, parent: string, path: string): string =>
    `<project><parent><groupId>g</groupId><artifactId>${parent}</artifactId><relativePath>${path}</relativePath></parent><artifactId>${artifact}</artifactId><properties><p>\${q}</p><q>\${p}\${p}</q></properties><version>\${p}</version></project>`
  const poms = read({
    'a/pom.xml': pom('a', 'b', '../b'),
    'b/pom.xml': pom('b', 'a', '../a'),
    'c/pom.xml': pom('c', 'c', '.'),
  })
  assert.deepEqual(
    poms.map(({ version }) => version),
    [null, null, null],
  )
  const configs = {
    'tsconfig.json': '{"extends": "./tsconfig.build.json"}',
    'tsconfig.build.json': '{"extends": ["./tsconfig.json"]}',
  }
  read({ 'package.json': '{"name": "a", "main": "dist/a.js"}', ...configs })
})

test('paths that lead out of the repository lead nowhere', async () => {
  const found = await packageOf({
    'package.json':
      '{"name": "a", "main": "../../etc/passwd", "bin": {"x": "/etc/passwd"}, "exports": {".": "../x.js", "./*": "./*"}}',
    'index.js': 'x\n',
  })
  assert.deepEqual(
    found.entries.filter(({ file }) => file !== 'index.js'),
    [],
  )
  const python = await packagesOf({
    'a/pyproject.toml':
      '[project]\nname = "a"\ndynamic = ["dependencies"]\n[tool.setuptools.dynamic]\ndependencies = { file = ["../secret.txt"] }\n',
    'secret.txt': 'x\n',
  })
  assert.deepEqual(
    python.map(({ dependencies }) => dependencies.map(({ name }) => name)),
    [[]],
  )
})

test('very many manifests, entries and patterns are bounded', () => {
  const many: Record<string, string> = {}
  for (let n = 0; n < 5_000; n++)
    many[`p${n}/package.json`] = '{"name": "a", "main": "dist/a.js", "exports": {"./*": "./dist/*.js"}}'
  assert.equal(read(many).length, 1_000)
  const exported = Object.fromEntries(
    Array.from({ length: 20_000 }, (_, n) => [`./s${n}/*`, { a: './src/*.js', b: ['./dist/*.js', './x*/*.js'] }]),
  )
  const files = Object.fromEntries(Array.from({ length: 5_000 }, (_, n) => [`src/f${n}.ts`, 'x\n']))
  read({ 'package.json': JSON.stringify({ name: 'a', exports: exported }), ...files })
  read({
    'package.json': JSON.stringify({
      name: 'a',
      exports: Object.fromEntries(Array.from({ length: 20_000 }, (_, n) => [`./s${n}`, `./dist/${n}.js`])),
    }),
    ...files,
  })
})
